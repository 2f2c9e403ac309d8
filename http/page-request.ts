import type { EntityFilter, PageQuery } from '../actors/page-query.ts';

/** Defaults of the contract; the validator has set them where the query says nothing. */
export const pageOf = ({
  page = 1,
  size = 20,
}: {
  readonly page?: number;
  readonly size?: number;
}): PageQuery => ({
  page,
  size,
});

/** A page of what belongs to one document, or of everything. */
export const pageOfDocument = (
  query: Parameters<typeof pageOf>[0] & { readonly document_id?: string },
): EntityFilter => ({
  ...pageOf(query),
  ...(query.document_id !== undefined && { document_id: query.document_id }),
});
