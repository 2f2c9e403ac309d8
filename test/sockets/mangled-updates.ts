import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import * as Y from 'yjs';
import { yBox } from './room-client.ts';

/**
 * What a client may send as an update: an honest one, or one that is cut, bent, glued, in the wrong encoding, or rubbish.
 * @param base what its sender has
 */
export function mangledUpdates(base: Y.Doc): fc.Arbitrary<Uint8Array> {
  const honest = fc.nat(1_000).map((x) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
    const before = Y.encodeStateVector(doc);
    doc.getMap('annotations').set(randomUUID(), yBox(x));
    return { doc, update: Y.encodeStateAsUpdate(doc, before) };
  });
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    honest.map(({ update }) => update),
    honest.map(({ doc }) => Y.encodeStateAsUpdateV2(doc)),
    fc.tuple(honest, fc.nat()).map(([{ update }, at]) => update.slice(0, at % update.length)),
    fc.tuple(honest, fc.nat(), fc.nat(255)).map(([{ update }, at, byte]) => {
      const bent = update.slice();
      bent[at % bent.length] = byte;
      return bent;
    }),
    fc.tuple(honest, fc.uint8Array({ minLength: 1, maxLength: 9 })).map(([{ update }, more]) => {
      return Uint8Array.from([...update, ...more]);
    }),
  );
}
