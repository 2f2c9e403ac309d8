import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { TextEvent } from '../../../documents/text/text-events.ts';
import { createTextKind } from '../../../documents/text/text-kind.ts';
import { LivedText, TEXT_ID } from '../../helpers/lived-text.ts';

const kind = createTextKind({ updates: 3, activeMs: 60_000 });
const BYTES = Uint8Array.of(0, 1, 255);

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** One of each event and of each of its variants, with the hash of its bytes in layout 1. */
const EVENTS: readonly (readonly [string, TextEvent])[] = [
  ['3ecb406b600146c2', { type: 'document.created', title: 'Plän', owner_id: null, crdt: 'opaque' }],
  ['64ef3b512c0bc419', { type: 'document.created', title: 'a', owner_id: 'ann', crdt: 'yjs' }],
  ['08060d7fe6867242', { type: 'document.updated', title: 'b' }],
  ['d2f19a5141079961', { type: 'document.updated', deleted: true }],
  ['13ad3170317c9899', { type: 'document.updated', title: 'b', deleted: false }],
  ['600f345f1fb3729f', { type: 'update', actorId: 'ann', delta: BYTES }],
  ['1a952fa7a6ac9635', { type: 'update', actorId: 'ann', delta: BYTES, baseVersion: 300 }],
  ['e84e24337938d2c1', { type: 'snapshot', version: 300, bytes: BYTES }],
];

const SNAPSHOT_HASH = '22f717f204df26b6';

describe('the layouts of a text document', () => {
  it('are as the logs that are kept have them: a change needs a new version', () => {
    const hashes = EVENTS.map(([, event]) => hash(kind.encode(event)));
    expect(hashes).to.deep.equal(EVENTS.map(([expected]) => expected));
    expect(kind.eventVersion).to.equal(1);
  });

  it('give back every event as it was', () => {
    for (const [, event] of EVENTS) expect(kind.decode(kind.encode(event), 1)).to.deep.equal(event);
  });

  it('are refused in versions that are not known', () => {
    expect(() => kind.decode(Uint8Array.of(3), 2)).to.throw('event layout 2 is not known');
    expect(() => kind.decode(Uint8Array.of(99), 1)).to.throw('event tag 99 is not known');
    expect(() => kind.restore(TEXT_ID, Uint8Array.of(2))).to.throw('snapshot layout 2 is not known');
  });

  it('hold a snapshot as the stores have it: a change needs a new version', () => {
    const text = LivedText.created({ kind, owner_id: 'ann' });
    text.update('one');
    text.update('two');
    text.do({ type: 'snapshot', version: 2, bytes: BYTES });
    text.do({ type: 'document.update', title: 'New' });
    text.update('three');
    text.do({ type: 'document.delete' });
    text.do({ type: 'document.update', deleted: false });
    const bytes = kind.snapshot(text.state);
    expect(hash(bytes)).to.equal(SNAPSHOT_HASH);
    expect(kind.snapshot(kind.restore(TEXT_ID, bytes))).to.deep.equal(bytes);
  });

  it('hold a document that was never created', () => {
    const bytes = kind.snapshot(kind.create(TEXT_ID));
    expect(kind.snapshot(kind.restore(TEXT_ID, bytes))).to.deep.equal(bytes);
  });
});
