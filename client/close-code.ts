import { CLOSE_SILENT } from '../protocol/canvas-socket.ts';

/** The client leaves on its own account. */
export const CLOSE_NORMAL = 1000;
/** A frame was larger than the server takes. */
export const CLOSE_TOO_LARGE = 1009;
/** No close frame came: the network, the server or the handshake failed. */
export const CLOSE_ABNORMAL = 1006;
/** The document was deleted. */
export const CLOSE_NOT_FOUND = 4404;
/** The client gives a socket up to come back on a new one. Browsers allow codes from 3000. */
export const CLOSE_COMING_BACK = 4900;

/**
 * 4400 to 4499: coming back would be answered the same way. Everything else may pass, and so does 4408: this side was
 * silent, such as a computer that slept.
 */
export function isPermanent(code: number): boolean {
  return code >= 4400 && code <= 4499 && code !== CLOSE_SILENT;
}
