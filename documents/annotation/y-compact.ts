import * as Y from 'yjs';

/**
 * Merges neighbouring runs of collected structs. Yjs looks only near what a transaction touched, but everywhere when
 * it loads a document: without this the bytes of a state would tell whether it was ever loaded. Nothing that a reader
 * or a later edit can see changes.
 */
export function mergeCollected(doc: Y.Doc): void {
  for (const [client, structs] of doc.store.clients) {
    const merged: (Y.Item | Y.GC)[] = [];
    for (const struct of structs) {
      const left = merged.at(-1);
      if (!(struct instanceof Y.GC && left instanceof Y.GC && left.mergeWith(struct))) merged.push(struct);
    }
    if (merged.length < structs.length) doc.store.clients.set(client, merged);
  }
}
