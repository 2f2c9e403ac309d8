/** A message of a kind of document, as the runtime sees it. */
export interface TypedMessage {
  readonly type: string;
}
