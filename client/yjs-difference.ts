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

/** The state vector of an empty document is the number 0. */
export const isEmpty = (doc: Y.Doc): boolean => Y.encodeStateVector(doc).length === 1;

/** Whether somebody with this state vector lacks something that was added to a document. What was deleted it does not say. */
export function lacks(stateVector: Uint8Array, doc: Y.Doc): boolean {
  const known = Y.decodeStateVector(stateVector);
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    if (clock > (known.get(client) ?? 0)) return true;
  }
  return false;
}

/** An update, unless it says nothing. */
export const unlessEmpty = (update: Uint8Array): Uint8Array | undefined =>
  update.length === 2 && update[0] === 0 && update[1] === 0 ? undefined : update;
