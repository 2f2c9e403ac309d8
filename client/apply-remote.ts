import * as Y from 'yjs';

/**
 * Applies an update that a server sent. What an observer of the document throws is thrown again outside of the call: it is
 * its own defect, and the update is in the document all the same.
 *
 * @throws Error where the bytes are no Yjs update
 */
export function applyRemote(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  try {
    Y.applyUpdate(doc, update, origin);
  } catch (error) {
    if (!isIn(doc, update)) throw error;
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Whether the bytes are an update, and the document has what they add. */
function isIn(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    const clocks = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update));
    return [...clocks].every(([client, clock]) => Y.getState(doc.store, client) >= clock);
  } catch {
    return false;
  }
}
