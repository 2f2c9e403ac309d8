import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { Notice, Presence } from '../../actors/door.ts';
import { RealtimeDoor } from '../../http/sockets/realtime-door.ts';
import { RealtimeDoors } from '../../http/sockets/realtime-doors.ts';
import type { ConnectionId, DocumentId, UserId } from '../../protocol/ids.ts';
import { everyFact, someDocument, someJob } from './facts.ts';
import { DOCUMENT_ID, type Frame, OTHER_ID } from './harness.ts';

const door = new RealtimeDoor(DOCUMENT_ID as DocumentId);

const textOf = (notice: Notice): string => {
  const frame = Buffer.from(door.encode(notice) ?? []);
  const head = (frame[1] ?? 0) < 126 ? 2 : 4;
  return frame.subarray(head).toString();
};
const messageOf = (notice: Notice): Frame => JSON.parse(textOf(notice));

const presence: Presence = {
  connectionId: OTHER_ID as ConnectionId,
  userId: 'ann' as UserId,
  displayName: 'Ann',
  data: { cursor: { x: 1, y: 2 }, selection: ['a'], typing: true },
};

const welcome: Notice = {
  type: 'welcome',
  documentId: DOCUMENT_ID as DocumentId,
  connectionId: OTHER_ID as ConnectionId,
  seq: 0,
  snapshotSeq: 0,
  presence: [presence],
};

/** Validators of the two contracts together. */
function loadContract() {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const load = (name: string): unknown =>
    parse(readFileSync(new URL(import.meta.resolve(`#package/${name}`)), 'utf8'));
  ajv.addSchema({ $id: 'http://contract/openapi.yaml', ...(load('openapi.yaml') as object) });
  ajv.addSchema({ $id: 'http://contract/asyncapi.yaml', ...(load('asyncapi.yaml') as object) });
  return (name: string) => {
    const validate = ajv.getSchema(`http://contract/asyncapi.yaml#/components/schemas/${name}`);
    if (validate === undefined) throw new Error(`no schema ${name}`);
    return (value: unknown): string => (validate(value) === true ? '' : ajv.errorsText(validate.errors));
  };
}

describe('the realtime door', () => {
  it('tells each fact in a frame that asyncapi.yaml describes, type and seq first', () => {
    const check = loadContract()('RealtimeServerMessage');
    for (const [index, fact] of everyFact.entries()) {
      const notice: Notice = { type: 'fact', seq: index + 1, fact };
      const message = messageOf(notice);
      expect(Object.keys(message).slice(0, 2)).to.deep.equal(['type', 'seq']);
      expect(message).to.include({ type: fact.type, seq: index + 1 });
      expect(check(message), fact.type).to.equal('');
    }
  });

  it('tells what is no fact in frames that asyncapi.yaml describes', () => {
    const check = loadContract()('RealtimeServerMessage');
    const notices: Notice[] = [
      welcome,
      { type: 'resync', seq: 7 },
      { type: 'transient', fact: { type: 'export.updated', job: someJob } },
      ...(['joined', 'updated', 'left'] as const).map(
        (change) => ({ type: 'presence', change, presence }) as const,
      ),
    ];
    for (const notice of notices) expect(check(messageOf(notice)), notice.type).to.equal('');
    expect(check({ type: 'pong', ts: 1.5 })).to.equal('');
    expect(check({ type: 'error', code: 'bad_json', message: '' })).to.equal('');
    expect(check({ type: 'error', code: 'nonsense', message: '' })).to.not.equal('');
  });

  it('never tells the Yjs update of a fact', () => {
    for (const fact of everyFact) {
      const text = textOf({ type: 'fact', seq: 1, fact });
      expect(text).to.not.contain('update"').and.not.contain('"update":');
    }
  });

  it('gives an edit that changes no annotation its frame, so that there is no gap', () => {
    const fact = {
      type: 'annotations.changed',
      created: [],
      updated: [],
      deleted: [],
      update: Uint8Array.of(1),
    };
    expect(messageOf({ type: 'fact', seq: 9, fact })).to.deep.equal({
      type: 'annotations.changed',
      seq: 9,
      document_id: DOCUMENT_ID,
      created: [],
      updated: [],
      deleted: [],
    });
  });

  it('tells progress without a seq, and nothing else that passes', () => {
    expect(
      messageOf({ type: 'transient', fact: { type: 'export.updated', job: someJob } }),
    ).to.not.have.property('seq');
    expect(
      door.encode({ type: 'transient', fact: { type: 'document.updated', document: someDocument } }),
    ).to.equal(undefined);
  });

  it('leaves out presence of other doors that it does not know', () => {
    const strange = {
      ...presence,
      data: { cursor: { x: 'a', y: 2 }, selection: [1], typing: 'yes', awareness: 'AAA' },
    };
    const message = messageOf({ type: 'presence', change: 'updated', presence: strange });
    expect(message).to.have.all.keys('type', 'connection_id', 'user_id', 'display_name');
    const partial = { ...presence, data: { cursor: { x: 1, y: 2, color: 'red' } } };
    expect(messageOf({ type: 'presence', change: 'joined', presence: partial })['cursor']).to.deep.equal({
      x: 1,
      y: 2,
    });
  });

  it('is one for all sockets of a document, and is forgotten after the last', () => {
    const doors = new RealtimeDoors();
    const [first, second] = [doors.lease(DOCUMENT_ID as DocumentId), doors.lease(DOCUMENT_ID as DocumentId)];
    const other = doors.lease(OTHER_ID as DocumentId);
    expect(first.door).to.equal(second.door).and.not.equal(other.door);
    first.release();
    expect(doors.size).to.equal(2);
    second.release();
    other.release();
    expect(doors.size).to.equal(0);
  });
});
