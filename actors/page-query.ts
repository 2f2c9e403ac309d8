/** Which part of a list is asked for. */
export interface PageQuery {
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

/** The same, of what one document has, or all. */
export interface EntityFilter extends PageQuery {
  readonly document_id?: string;
}
