import { expect } from 'chai';
import { everyFact, factOf } from './facts.ts';
import type { FakeDocument } from './fake-documents.ts';
import {
  type Client,
  DOCUMENT_ID,
  type Frame,
  type Harness,
  OTHER_ID,
  settle,
  startHarness,
} from './harness.ts';

const errors = (client: Client): Frame[] => client.frames.filter(({ type }) => type === 'error');

describe('/v1/realtime', () => {
  let harness: Harness;
  let document: FakeDocument;
  beforeEach(async () => {
    harness = await startHarness();
    document = harness.documents.add(DOCUMENT_ID);
  });
  afterEach(async () => {
    await harness.close();
  });

  it('welcomes first, with the head and those who are there', async () => {
    document.commit(factOf('old'));
    const first = await harness.join(`document_id=${DOCUMENT_ID}&user_id=ann&display_name=Ann`);
    const second = await harness.join();
    expect(second.frames[0]).to.deep.include({
      type: 'welcome',
      seq: 1,
      document_id: DOCUMENT_ID,
      presence: [{ connection_id: first.frames[0]?.['connection_id'], user_id: 'ann', display_name: 'Ann' }],
    });
    expect(second.seqs).to.deep.equal([]);
  });

  it('tells every socket every fact in the order of seq, and none of another document', async () => {
    const other = harness.documents.add(OTHER_ID);
    const [first, second] = [await harness.join(), await harness.join()];
    const stranger = await harness.join(`document_id=${OTHER_ID}`);
    document.commit(...everyFact.slice(0, 4));
    other.commit(factOf('elsewhere'));
    document.commit(...everyFact.slice(4));
    const expected = everyFact.map((_, index) => index + 1);
    for (const client of [first, second]) {
      await client.hearSeq(everyFact.length);
      expect(client.seqs).to.deep.equal(expected);
    }
    await stranger.hearSeq(1);
    expect(stranger.frames).to.have.lengthOf(2);
  });

  it('passes presence on to the others', async () => {
    const [mover, watcher] = [
      await harness.join(`document_id=${DOCUMENT_ID}&user_id=ann`),
      await harness.join(),
    ];
    mover.say({ type: 'presence', cursor: { x: 1.5, y: -2 }, selection: ['a', 'b'], typing: false });
    expect(await watcher.hearType('presence.updated')).to.deep.equal({
      type: 'presence.updated',
      connection_id: mover.frames[0]?.['connection_id'],
      user_id: 'ann',
      display_name: 'ann',
      cursor: { x: 1.5, y: -2 },
      selection: ['a', 'b'],
      typing: false,
    });
    await settle(harness);
    expect(mover.frames).to.have.lengthOf(1);
  });

  it('answers ping with pong, echoes its ts, and keeps the presence of who pings', async () => {
    const client = await harness.join();
    client.say({ type: 'ping' });
    client.say({ type: 'ping', ts: 17.25 });
    await client.hear((frame) => frame['ts'] === 17.25);
    expect(client.frames.slice(1)).to.deep.equal([{ type: 'pong' }, { type: 'pong', ts: 17.25 }]);
    expect(document.touched).to.have.lengthOf(2);
  });

  const mistakes: readonly [string, string, string][] = [
    ['', 'bad_json', 'not JSON'],
    ['{"type":"ping"', 'bad_json', 'not JSON'],
    ['['.repeat(60_000), 'bad_json', 'not JSON'],
    ['null', 'bad_message', 'must be an object'],
    ['[]', 'bad_message', 'must be an object'],
    ['"ping"', 'bad_message', 'must be an object'],
    ['{}', 'bad_message', 'type must be one of presence, ping'],
    ['{"type":7}', 'bad_message', 'type must be one of'],
    ['{"type":"toString"}', 'bad_message', 'type must be one of'],
    ['{"type":"__proto__"}', 'bad_message', 'type must be one of'],
    ['{"type":"annotation.created"}', 'bad_message', 'type must be one of'],
    ['{"type":"ping","ts":"now"}', 'bad_message', 'ts must be number'],
    ['{"type":"ping","ts":1e999}', 'bad_message', 'ts must be number'],
    ['{"type":"presence","cursr":{}}', 'bad_message', 'cursr is not a field'],
    ['{"type":"presence","__proto__":{"x":1}}', 'bad_message', '__proto__ is not a field'],
    ['{"type":"presence","cursor":null}', 'bad_message', 'cursor must be object'],
    ['{"type":"presence","cursor":{"x":1}}', 'bad_message', "cursor must have required property 'y'"],
    ['{"type":"presence","cursor":{"x":1e400,"y":0}}', 'bad_message', 'cursor.x must be'],
    ['{"type":"presence","cursor":{"x":1000001,"y":0}}', 'bad_message', 'cursor.x must be <= 1000000'],
    ['{"type":"presence","cursor":{"x":1,"y":2,"z":3}}', 'bad_message', 'cursor.z is not a field'],
    ['{"type":"presence","typing":"yes"}', 'bad_message', 'typing must be boolean'],
    ['{"type":"presence","selection":[1]}', 'bad_message', 'selection.0 must be string'],
    ['{"type":"presence","selection":["\\ud800"]}', 'bad_message', 'selection.0 must match'],
    [
      JSON.stringify({ type: 'presence', selection: ['x'.repeat(129)] }),
      'bad_message',
      'selection.0 must NOT have more than 128',
    ],
    [
      JSON.stringify({ type: 'presence', selection: Array.from({ length: 101 }, () => 'a') }),
      'bad_message',
      'selection must NOT have more than 100',
    ],
  ];
  it('answers what it does not understand with the field that is wrong, changes nothing, and stays', async () => {
    const client = await harness.join();
    for (const [index, [text, code, message]] of mistakes.entries()) {
      client.say(text);
      client.say({ type: 'ping', ts: index });
      await client.hear((frame) => frame['ts'] === index);
      expect(errors(client).at(-1)?.['code'], text.slice(0, 80)).to.equal(code);
      expect(errors(client).at(-1)?.['message'], text.slice(0, 80)).to.contain(message);
      expect(errors(client)).to.have.lengthOf(index + 1);
    }
    expect(document.presence.size).to.equal(0);
  });

  it('answers a binary frame with an error and stays', async () => {
    const client = await harness.join();
    client.ws.send(Buffer.from('{"type":"ping"}'), { binary: true });
    expect(await client.hearType('error')).to.include({ code: 'bad_message' });
    client.say({ type: 'ping' });
    await client.hearType('pong');
  });

  it('closes 1008 after twenty mistakes in a row, and forgets them after one good message', async () => {
    const client = await harness.join();
    for (let count = 0; count < 19; count += 1) client.say('?');
    client.say({ type: 'ping' });
    for (let count = 0; count < 19; count += 1) client.say('?');
    client.say({ type: 'ping', ts: 1 });
    await client.hear((frame) => frame['ts'] === 1);
    for (let count = 0; count < 20; count += 1) client.say('?');
    expect((await client.closed).code).to.equal(1008);
  });

  it('replays exactly what was missed', async () => {
    document.commit(...everyFact);
    const client = await harness.join(`document_id=${DOCUMENT_ID}&last_seq=4`);
    document.commit(factOf('live'));
    await client.hearSeq(everyFact.length + 1);
    expect(client.seqs).to.deep.equal([5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('tells to resync where the last seq is ahead of the document or no longer kept', async () => {
    document.commit(...everyFact);
    document.pruned = 3;
    for (const lastSeq of [2, 99]) {
      const client = await harness.join(`document_id=${DOCUMENT_ID}&last_seq=${lastSeq}`);
      expect(await client.hearType('resync')).to.deep.equal({ type: 'resync', seq: everyFact.length });
      expect(client.seqs).to.deep.equal([]);
    }
  });

  it('closes a socket with the code that its document gives', async () => {
    const client = await harness.join();
    for (const subscriber of document.subscribers.values()) subscriber.close(4404, 'document deleted');
    expect(await client.closed).to.deep.equal({ code: 4404, reason: 'document deleted' });
    expect(document.subscribers.size).to.equal(0);
  });
});
