import type * as Y from 'yjs';
import { LOCAL_EDIT, readAnnotation, updateAnnotation } from '../../../client/index.ts';

/** Who wrote a comment, as the document says it. */
export interface CommentAuthor {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. */
  readonly color: string;
}

const COLOR = /^#[0-9a-f]{6}$/i;
const MOST_LETTERS = 80;

/**
 * Writes down who wrote a comment, in its style, where keys that the server does not know are kept: the server knows only
 * ids of users, and a name must be there for everybody, also after its owner has left, and at once, without a request. The
 * server's own record (REST: `author`) prevails where it says somebody else.
 */
export function signComment(doc: Y.Doc, id: string, author: CommentAuthor): void {
  const { name, color } = author;
  const style = { author_id: author.id, author_name: name.slice(0, MOST_LETTERS), author_color: color };
  updateAnnotation(doc, id, { style }, LOCAL_EDIT);
}

/** Notes that the text is no longer what it was. */
export const markEdited = (doc: Y.Doc, id: string): boolean =>
  updateAnnotation(doc, id, { style: { edited: true } }, LOCAL_EDIT);

/** What a comment says of its author; other programs may say nothing, or nonsense. */
export function signatureOf(
  doc: Y.Doc,
  id: string,
): { readonly author: CommentAuthor | undefined; readonly isEdited: boolean } {
  const style: Readonly<Record<string, unknown>> = readAnnotation(doc, id)?.style ?? {};
  const { author_id, author_name, author_color, edited } = style;
  const isSigned =
    typeof author_id === 'string' &&
    typeof author_name === 'string' &&
    author_name.trim() !== '' &&
    typeof author_color === 'string' &&
    COLOR.test(author_color);
  return {
    author: isSigned
      ? { id: author_id, name: author_name.slice(0, MOST_LETTERS), color: author_color }
      : undefined,
    isEdited: edited === true,
  };
}
