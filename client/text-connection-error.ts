import type { TextErrorCode } from '../protocol/text-socket.ts';

/**
 * What went wrong, for programs: a code of the server (asyncapi.yaml, `TextError`), or
 *
 * - `left`: {@link TextDocumentConnection.leave} was called before the update was acknowledged;
 * - `refused`: the server closed for good (4400 to 4499); `not_found` where the document is gone;
 * - `gap`: a seq was missing or came twice, so the connection fetches the state anew;
 * - `bad_frame`: the other side said something that is no message of this door.
 */
export type TextConnectionErrorCode = TextErrorCode | 'left' | 'refused' | 'gap' | 'bad_frame';

/** An error of a connection, or the fate of one update. */
export class TextConnectionError extends Error {
  override readonly name = 'TextConnectionError';
  readonly code: TextConnectionErrorCode;
  /** The update that it is about, if it is about one. */
  readonly opId: string | undefined;

  constructor(code: TextConnectionErrorCode, message: string, opId?: string) {
    super(message);
    this.code = code;
    this.opId = opId;
  }
}
