import { expect } from 'chai';
import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { EMPTY_UPDATE, SERVER_CLIENT_ID } from '../../../documents/annotation/annotation-crdt.ts';
import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import { Problem } from '../../../protocol/problem.ts';
import { BOX, DOCUMENT_ID, LivedDocument } from '../../helpers/annotation-document.ts';
import {
  encodeForged,
  forge,
  forgedUpdate,
  KEY,
  numbers,
  OTHER_KEY,
} from '../../helpers/annotation-forged-update.ts';
import { boxFields, jsonOf, YjsClient } from '../../helpers/annotation-yjs-client.ts';

/** A document with some history: texts, deletions, two clients. */
function lively(): { readonly document: LivedDocument; readonly client: YjsClient } {
  const document = LivedDocument.created();
  document.add({ ...BOX, content: 'hello world', style: { stroke: 'red' } });
  const client = new YjsClient(500).pull(document.state);
  document.merge(client.draw(KEY, boxFields()));
  document.merge(
    client.edit((annotations) => {
      const content: unknown = client.entry(KEY).get('content');
      if (content instanceof Y.Text) content.insert(0, 'some longer text 🎈');
      annotations.set(OTHER_KEY, new Y.Map(Object.entries(boxFields(7))));
    }),
  );
  document.merge(client.edit((annotations) => annotations.delete(OTHER_KEY)));
  return { document, client };
}

const edited = (client: YjsClient): Uint8Array =>
  client.edit((annotations) => {
    const content: unknown = client.entry(KEY).get('content');
    if (content instanceof Y.Text) {
      content.delete(2, 3);
      content.insert(4, 'ü🎈');
    }
    const style: unknown = client.entry(KEY).get('style');
    if (style instanceof Y.Map) style.set('dash', [1, 2.5, { deep: [true, null, 'x'] }]);
    annotations.set(OTHER_KEY, new Y.Map(Object.entries(boxFields(3))));
  });

/** Merges bytes that may be anything: whatever happens, the document must be whole afterwards. */
function mergeAnything(document: LivedDocument, bytes: Uint8Array): 'refused' | 'merged' {
  const before = annotationKind.snapshot(document.state);
  try {
    document.merge(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.code).to.equal('invalid');
    expect(annotationKind.snapshot(document.state)).to.deep.equal(before);
    return 'refused';
  }
  const bytesAfter = annotationKind.snapshot(document.state);
  expect(annotationKind.snapshot(annotationKind.restore(DOCUMENT_ID, bytesAfter))).to.deep.equal(bytesAfter);
  return 'merged';
}

describe('an update of a hostile Yjs client', () => {
  it('[DOC-7] is refused whole where it is cut off at any byte', () => {
    const { document, client } = lively();
    const update = edited(client);
    for (let length = 0; length < update.length; length += 1) {
      expect(mergeAnything(document, update.subarray(0, length)), `${length} bytes`).to.equal('refused');
    }
    expect(mergeAnything(document, update)).to.equal('merged');
  });

  it('[DOC-7] leaves the document whole where any bit of it is flipped', () => {
    const { client } = lively();
    const update = edited(client);
    const { document } = lively();
    let merged = 0;
    fc.assert(
      fc.property(fc.nat(update.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = update.slice();
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        if (mergeAnything(document, bytes) === 'merged') merged += 1;
      }),
      { numRuns: 150 },
    );
    expect(merged).to.be.greaterThan(0);
  });

  it('[DOC-7] is refused where it is random bytes', () => {
    const { document } = lively();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 3, maxLength: 200 }), (bytes) => {
        mergeAnything(document, bytes);
      }),
      { numRuns: 200 },
    );
  });

  it('[DOC-7] is refused where its structs are broken in ways that Yjs would fail at', () => {
    const { document } = lively();
    const forged: Record<string, Uint8Array> = {
      'an origin after itself': forge((e) => {
        numbers(e, 1, 1, 700, 0);
        encoding.writeUint8(e, 0x84);
        numbers(e, 700, 5);
        encoding.writeVarString(e, 'x');
        numbers(e, 0);
      }),
      'a parent that is itself': forge((e) => {
        numbers(e, 1, 1, 700, 0);
        encoding.writeUint8(e, 0x27);
        numbers(e, 0, 700, 0);
        encoding.writeVarString(e, 'key');
        numbers(e, 1, 0);
      }),
      'an empty text': forge((e) => {
        numbers(e, 1, 1, 700, 0);
        encoding.writeUint8(e, 0x24);
        numbers(e, 1);
        encoding.writeVarString(e, 'annotations');
        encoding.writeVarString(e, KEY);
        encoding.writeVarString(e, '');
        numbers(e, 0);
      }),
      'an empty range of deletes': forge((e) => numbers(e, 0, 1, 500, 1, 0, 0)),
      'deletes of what is not there': forge((e) => numbers(e, 0, 1, 500, 1, 0, 1_000_000)),
      'a clock beyond all clocks': forge((e) => numbers(e, 1, 1, 700, 0, 0, 2 ** 50, 0)),
      'a gap': forge((e) => numbers(e, 1, 1, 700, 5, 0, 1, 0)),
      'one client twice': forge((e) => numbers(e, 2, 1, 700, 0, 0, 1, 1, 700, 1, 0, 1, 0)),
      'a billion structs': forge((e) => numbers(e, 1, 1_000_000_000, 700, 0, 0, 1)),
      'a billion clients': forge((e) => numbers(e, 1_000_000_000)),
      'two clients that wait for each other': forge((e) => {
        numbers(e, 2);
        for (const [own, other] of [
          [700, 701],
          [701, 700],
        ] as const) {
          numbers(e, 1, own, 0);
          encoding.writeUint8(e, 0x84);
          numbers(e, other, 0);
          encoding.writeVarString(e, 'x');
        }
        numbers(e, 0);
      }),
      'a sub-document': forge((e) => {
        numbers(e, 1, 1, 700, 0);
        encoding.writeUint8(e, 0x29);
        numbers(e, 1);
        encoding.writeVarString(e, 'annotations');
        encoding.writeVarString(e, KEY);
        encoding.writeVarString(e, 'guid');
        encoding.writeAny(e, {});
        numbers(e, 0);
      }),
      'a value of 100,000 levels': forge((e) => {
        numbers(e, 1, 1, 700, 0);
        encoding.writeUint8(e, 0x28);
        numbers(e, 1);
        encoding.writeVarString(e, 'annotations');
        encoding.writeVarString(e, KEY);
        numbers(e, 1);
        for (let depth = 0; depth < 100_000; depth += 1) {
          encoding.writeUint8(e, 117);
          numbers(e, 1);
        }
        encoding.writeUint8(e, 126);
        numbers(e, 0);
      }),
      '10,000 types within each other': forge((e) => {
        numbers(e, 1, 10_000, 700, 0);
        for (let depth = 0; depth < 10_000; depth += 1) {
          encoding.writeUint8(e, 0x27);
          if (depth === 0) {
            numbers(e, 1);
            encoding.writeVarString(e, 'annotations');
          } else numbers(e, 0, 700, depth - 1);
          encoding.writeVarString(e, KEY);
          numbers(e, 1);
        }
        numbers(e, 0);
      }),
      '2,000 clients at once': forge((e) => {
        numbers(e, 2_000);
        for (let client = 0; client < 2_000; client += 1) numbers(e, 1, 10_000 + client, 0, 0, 1);
        numbers(e, 0);
      }),
    };
    for (const [what, bytes] of Object.entries(forged)) {
      expect(mergeAnything(document, bytes), what).to.equal('refused');
    }
  });

  it('[DOC-7] leaves the document whole whatever its structs refer to', () => {
    const start = annotationKind.snapshot(lively().document.state);
    const outcomes = { refused: 0, merged: 0 };
    fc.assert(
      fc.property(fc.array(forgedUpdate, { minLength: 1, maxLength: 4 }), (updates) => {
        const document = LivedDocument.created();
        document.state = annotationKind.restore(DOCUMENT_ID, start);
        for (const update of updates) outcomes[mergeAnything(document, encodeForged(update))] += 1;
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
    expect(outcomes.merged).to.be.greaterThan(0);
    expect(outcomes.refused).to.be.greaterThan(0);
  });

  it('[DOC-7] is refused where it is a v2 update, which looks like an empty v1 update with a tail', () => {
    const { document, client } = lively();
    expect(mergeAnything(document, Y.encodeStateAsUpdateV2(client.doc))).to.equal('refused');
    const small = new Y.Doc();
    small.getText('t').insert(0, 'a');
    expect(mergeAnything(document, Y.encodeStateAsUpdateV2(small))).to.equal('refused');
  });

  it('[DOC-7] is refused where it adds structs under the client id of the server', () => {
    const document = LivedDocument.created();
    const { id } = document.add(BOX);
    const forger = new YjsClient(600).pull(document.state);
    forger.doc.clientID = SERVER_CLIENT_ID;
    const update = forger.edit(() => forger.entry(id).set('geometry', { x: 0, y: 0, width: 1, height: 1 }));
    expect(mergeAnything(document, update)).to.equal('refused');
    document.update(id, { content: 'still works' });
    expect(jsonOf(document.state)).to.have.nested.property(`${id}.content`, 'still works');
  });

  it('may repeat what the server has written, as every full synchronisation does', () => {
    const document = LivedDocument.created();
    document.add(BOX);
    const client = new YjsClient(500).pull(document.state);
    client.draw(KEY, boxFields());
    expect(document.merge(Y.encodeStateAsUpdate(client.doc)).quarantined).to.deep.equal([]);
    expect(document.annotations.map(({ id }) => id)).to.include(KEY);
    const seq = document.seq;
    document.merge(Y.encodeStateAsUpdate(client.doc));
    expect(document.seq, 'what is known already gives no event').to.equal(seq);
  });

  it('[DOC-7] is cut to what is new where a struct of it is known in part', () => {
    const { document, client } = lively();
    // A text that grows at its end becomes one struct in the client; the server has its first half.
    const append = (text: string): Uint8Array =>
      client.edit(() => {
        const content: unknown = client.entry(KEY).get('content');
        if (content instanceof Y.Text) content.insert(content.length, text);
      });
    document.merge(append('abc'));
    append('def');
    document.merge(Y.encodeStateAsUpdate(client.doc));
    expect(document.query('annotation.get', { id: KEY as never }).content).to.match(/abcdef$/);
    expect(jsonOf(document.state)).to.deep.equal(client.json);
  });

  it('[DOC-7] that builds on unseen updates is refused with the reason, and merges after them', () => {
    const { document, client } = lively();
    const first = edited(client);
    const second = client.edit(() => client.entry(OTHER_KEY).set('group_id', 'g'));
    const problem = document.refused({ type: 'annotations.merge', update: second });
    expect(problem.extra).to.deep.equal({
      reason: 'missing_updates',
      stateVector: Buffer.from(document.state.crdt.stateVector).toString('base64'),
    });
    document.merge(first);
    document.merge(second);
    expect(jsonOf(document.state)).to.deep.equal(client.json);
  });

  it('[DOC-7] cannot touch what all objects inherit', () => {
    const { document, client } = lively();
    const update = client.edit(() => {
      const polluted: unknown = JSON.parse(
        '{"__proto__": {"polluted": true, "x": 1}, "y": 2, "width": 3, "height": 4}',
      );
      client.entry(KEY).set('geometry', polluted);
      const style: unknown = client.entry(KEY).get('style');
      if (style instanceof Y.Map) style.set('__proto__', { polluted: true }).constructor;
    });
    expect(mergeAnything(document, update)).to.equal('merged');
    expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
    expect(document.annotations.map(({ id }) => id)).not.to.include(KEY);
  });

  it('is answered without an event where it is empty', () => {
    const { document } = lively();
    const seq = document.seq;
    expect(document.merge(EMPTY_UPDATE)).to.deep.equal({ quarantined: [] });
    expect(document.seq).to.equal(seq);
  });

  it('[DOC-7] says nothing on the console', () => {
    const { document, client } = lively();
    const said: unknown[] = [];
    const { log, warn, error } = console;
    const listen = (...words: unknown[]): void => void said.push(words);
    Object.assign(console, { log: listen, warn: listen, error: listen });
    try {
      mergeAnything(document, edited(client));
      client.doc.clientID = SERVER_CLIENT_ID;
      mergeAnything(document, edited(client));
      mergeAnything(document, Uint8Array.of(1, 2, 3));
    } finally {
      Object.assign(console, { log, warn, error });
    }
    expect(said).to.deep.equal([]);
  });
});
