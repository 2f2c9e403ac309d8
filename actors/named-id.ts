import { createHash } from 'node:crypto';
import { type DocumentId, type OperationId, parseDocumentId } from '../protocol/ids.ts';

/**
 * The id of a document that an operation makes: a UUIDv4 that follows from the operation's own id, so that a retry makes
 * the same document; a fresh one where the operation has none.
 *
 * @param space operations of different spaces name different documents
 */
export function documentIdNamedBy(
  space: string,
  operationId: OperationId | undefined,
  newId: () => string,
): DocumentId {
  return operationId === undefined ? documentId(newId()) : documentIdOf(space, operationId);
}

/** The id of a document that has a name of its own: always the same UUIDv4. */
export const documentIdOf = (space: string, name: string): DocumentId =>
  documentId(uuidOf(`${space}\n${name}`));

function documentId(text: string): DocumentId {
  const id = parseDocumentId(text);
  if (id === undefined) throw new Error(`not a UUIDv4: ${text}`);
  return id;
}

function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
