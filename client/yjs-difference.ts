import * as Y from 'yjs';

/**
 * What a document has and others do not.
 * @param known - updates that the others have
 * @returns one update, or `undefined` where they lack nothing
 */
export function missingFrom(known: readonly Uint8Array[], doc: Y.Doc): Uint8Array | undefined {
  const others = new Y.Doc();
  others.transact(() => {
    for (const update of known) Y.applyUpdate(others, update);
  });
  const isSame = Y.equalSnapshots(Y.snapshot(others), Y.snapshot(doc));
  const missing = isSame ? undefined : Y.encodeStateAsUpdate(doc, Y.encodeStateVector(others));
  others.destroy();
  return missing;
}
