import * as Y from 'yjs';

/**
 * One Yjs v1 update that has the effect of all of them, without what was deleted. Takes time that grows faster than the
 * bytes, and the bytes come from anybody: not for the event loop.
 *
 * @param updates checked by `readYjsUpdate`; the first may be large, such as a snapshot
 */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(Y.encodeStateAsUpdate(new Y.Doc())), ...rest] = updates;
  // Yjs looks at every update for each struct that it takes: many small ones beside a large one are merged first.
  const merged = rest.length === 0 ? first : Y.mergeUpdates([first, Y.mergeUpdates(rest)]);
  return withoutGarbage(merged) ?? merged;
}

/** `undefined` where the update cannot be applied without a rest: then every byte of it is kept. */
function withoutGarbage(update: Uint8Array): Uint8Array | undefined {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, update);
    const isWhole = doc.store.pendingStructs === null && doc.store.pendingDs === null;
    return isWhole ? Y.encodeStateAsUpdate(doc) : undefined;
  } catch {
    // An update may be well formed and still refer to what makes Yjs fail. Its clients will fail over it; we do not.
    return undefined;
  } finally {
    doc.destroy();
  }
}
