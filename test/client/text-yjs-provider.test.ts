import { expect } from 'chai';
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { TextYjsProvider } from '../../client/text-yjs-provider.ts';
import type { TextServerMessage } from '../../protocol/text-socket.ts';
import { FakeTimers } from './fake-timers.ts';
import { type FakeWebSocket, fakeNetwork } from './fake-web-socket.ts';

const CONNECTION = '11111111-2222-4333-8444-555555555555';

const providers: TextYjsProvider[] = [];

function createScene(doc = new Y.Doc()) {
  const timers = new FakeTimers();
  const { WebSocket, sockets } = fakeNetwork<TextServerMessage>();
  let made = 0;
  const provider = new TextYjsProvider(doc, {
    url: 'http://localhost:8000',
    documentId: 'd1',
    userId: 'ann',
    WebSocket,
    timers,
    random: () => 0.5,
    newOpId: () => `op${++made}`,
    isGone: () => Promise.resolve(false),
  });
  providers.push(provider);
  const latest = (): FakeWebSocket<TextServerMessage> => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('no socket yet');
    return socket;
  };
  const text = doc.getText('text');
  const sent = (): Uint8Array[] =>
    latest()
      .sentOf('update')
      .map(({ deltaB64 }) => fromBase64(String(deltaB64)));
  const scene = { provider, timers, sockets, latest, doc, text, sent };
  return {
    ...scene,
    goLive(snapshot = '', version = 0) {
      latest().says({ type: 'state', version, snapshotB64: snapshot, headSeq: version });
      return scene;
    },
    comeBack(lastSeq: number) {
      latest().ends(1006);
      timers.pass(1_000);
      return {
        resumes: () =>
          latest().says({ type: 'state', version: lastSeq, snapshotB64: null, headSeq: lastSeq }),
      };
    },
  };
}

/** A document of somebody else, and its whole state in base64. */
function docOf(content: string): { doc: Y.Doc; state: string } {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, content);
  return { doc, state: toBase64(Y.encodeStateAsUpdate(doc)) };
}

const textAfter = (base: Y.Doc, updates: readonly Uint8Array[]): string => {
  for (const update of updates) Y.applyUpdate(base, update);
  return base.getText('text').toString();
};

describe('the Yjs provider of text documents', () => {
  // Awareness looks after itself with a timer of its own until it is destroyed.
  afterEach(() => {
    for (const provider of providers.splice(0)) provider.destroy();
  });

  it('takes over what the server has, and then says that it is synced', () => {
    const { provider, goLive } = createScene();
    expect([provider.synced, provider.saved]).to.deep.equal([false, true]);
    const { text, sent } = goLive(docOf('hello').state, 3);
    expect([text.toString(), provider.synced, provider.saved]).to.deep.equal(['hello', true, true]);
    expect(sent()).to.deep.equal([]);
  });

  it('[CLI-1] says saved only when every change is acknowledged', () => {
    const { provider, text, latest } = createScene().goLive();
    const told: boolean[] = [];
    provider.on('saved', (saved) => told.push(saved));
    text.insert(0, 'a');
    text.insert(1, 'b');
    latest().says({ type: 'ack', opId: 'op1', seq: 1 });
    expect([provider.saved, told]).to.deep.equal([false, [false]]);
    latest().says({ type: 'ack', opId: 'op2', seq: 2 });
    expect([provider.saved, told]).to.deep.equal([true, [false, true]]);
  });

  it('[CLI-4] never says saved again after the server refused a change', () => {
    const { provider, text, latest } = createScene().goLive();
    text.insert(0, 'a');
    latest().says({ type: 'error', code: 'bad_update', message: 'no', opId: 'op1' });
    text.insert(1, 'b');
    latest().says({ type: 'ack', opId: 'op2', seq: 1 });
    expect(provider.saved).to.equal(false);
  });

  it('says so, and nothing else breaks, where one edit alone is larger than the server takes', () => {
    const { provider, text, sent } = createScene().goLive();
    const codes: string[] = [];
    provider.on('error', ({ code }) => codes.push(code));
    text.insert(0, 'z'.repeat(1024 * 1024 + 1));
    expect([codes, sent(), provider.saved]).to.deep.equal([['too_large'], [], false]);
  });

  it('does not send back what came from the server', () => {
    const { latest, text, sent } = createScene().goLive();
    latest().says({ type: 'remote_update', seq: 1, actorId: 'bob', deltaB64: docOf('hello').state });
    expect([text.toString(), sent()]).to.deep.equal(['hello', []]);
  });

  it('merges what is typed offline into one update', () => {
    const scene = createScene();
    scene.goLive();
    const returns = scene.comeBack(0);
    for (let index = 0; index < 500; index += 1) scene.text.insert(index, 'x');
    expect(scene.provider.saved).to.equal(false);
    returns.resumes();
    expect(scene.sent()).to.have.lengthOf(1);
    expect(textAfter(new Y.Doc(), scene.sent())).to.equal('x'.repeat(500));
  });

  it('merges what is typed while the server is slow, and never makes an update that is too large', () => {
    const { latest, text, sent } = createScene().goLive();
    for (let index = 0; index < 40; index += 1) text.insert(0, 'y'.repeat(50_000));
    expect(sent()).to.have.lengthOf(8);
    for (let seq = 1; latest().sentOf('update').length >= seq; seq += 1) {
      latest().says({ type: 'ack', opId: `op${seq}`, seq });
    }
    expect(Math.max(...sent().map(({ length }) => length))).to.be.below(256 * 1024);
    expect(sent()).to.have.lengthOf.below(40);
    expect(textAfter(new Y.Doc(), sent())).to.have.lengthOf(40 * 50_000);
  });

  it('[CLI-2] sends again what was under way when the socket ended, under the same operation', () => {
    const scene = createScene();
    scene.goLive();
    scene.text.insert(0, 'a');
    scene.comeBack(0).resumes();
    expect(
      scene
        .latest()
        .sentOf('update')
        .map(({ opId }) => opId),
    ).to.deep.equal(['op1']);
    scene.latest().says({ type: 'ack', opId: 'op1', seq: 1 });
    expect(scene.provider.saved).to.equal(true);
  });

  it('brings what the document had before it joined, and only that', () => {
    const { doc: theirs, state } = docOf('theirs');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs));
    doc.getText('text').insert(6, ' and ours');
    const { provider, goLive } = createScene(doc);
    expect(provider.saved).to.equal(false);
    const { sent, latest } = goLive(state, 5);
    expect(sent()).to.have.lengthOf(1);
    expect(textAfter(theirs, sent())).to.equal('theirs and ours');
    latest().says({ type: 'ack', opId: 'op1', seq: 6 });
    expect(provider.saved).to.equal(true);
  });

  it('sends nothing where the server has all that the document had', () => {
    const { doc, state } = docOf('same');
    const { provider, goLive } = createScene(doc);
    const { sent } = goLive(state, 5);
    expect([sent(), provider.saved]).to.deep.equal([[], true]);
  });

  it('[CLI-2] gives back to a server what it lost', () => {
    const { doc, latest, text, timers, provider, sent } = createScene().goLive();
    text.insert(0, 'kept');
    latest().says({ type: 'ack', opId: 'op1', seq: 1 });
    latest().ends(1006);
    timers.pass(1_000);
    latest().says({ type: 'state', version: 0, snapshotB64: '', headSeq: 0 });
    expect([provider.saved, textAfter(new Y.Doc(), sent())]).to.deep.equal([false, 'kept']);
    expect(doc.getText('text').toString()).to.equal('kept');
  });

  it('gives the server a snapshot of everything when it is asked', () => {
    const { latest, text } = createScene().goLive();
    text.insert(0, 'whole');
    latest().says({ type: 'ack', opId: 'op1', seq: 1 }, { type: 'snapshot_request', version: 1 });
    const [snapshot] = latest().sentOf('snapshot');
    expect(snapshot?.['version']).to.equal(1);
    expect(textAfter(new Y.Doc(), [fromBase64(String(snapshot?.['snapshotB64']))])).to.equal('whole');
  });

  it('tells of a remote update that is none, and goes on', () => {
    const { latest, provider, text } = createScene().goLive();
    const codes: string[] = [];
    provider.on('error', ({ code }) => codes.push(code));
    latest().says(
      { type: 'remote_update', seq: 1, actorId: 'eve', deltaB64: '/////w==' },
      { type: 'remote_update', seq: 2, actorId: 'bob', deltaB64: docOf('fine').state },
    );
    expect([codes, text.toString()]).to.deep.equal([['bad_update'], 'fine']);
  });

  it('rejects those who wait where the document is gone', async () => {
    const { provider, latest, text } = createScene().goLive();
    text.insert(0, 'a');
    const waiting = provider.whenSaved();
    latest().ends(4404);
    expect(await waiting.catch((error: unknown) => error)).to.include({ code: 'not_found' });
    expect([provider.saved, provider.synced]).to.deep.equal([false, false]);
  });

  it('[CLI-9] leaves no timer and no listener behind when it is destroyed', () => {
    const { provider, timers, text, sockets } = createScene().goLive();
    provider.destroy();
    text.insert(0, 'a');
    expect([timers.waiting, sockets[0]?.sentOf('update')]).to.deep.equal([0, []]);
  });

  describe('awareness', () => {
    const presenceOf = (scene: { latest(): FakeWebSocket<TextServerMessage> }): string =>
      String(scene.latest().sentOf('presence').at(-1)?.['data']);

    it('[CLI-7] is carried to others as they see it, until they leave', () => {
      const [ann, bob] = [createScene(), createScene()];
      ann.provider.awareness.setLocalStateField('user', { name: 'Ann' });
      ann.goLive();
      bob.goLive();
      const from = { type: 'presence', connectionId: CONNECTION, userId: 'ann', displayName: 'ann' } as const;
      bob.latest().says({ ...from, cursor: null, data: presenceOf(ann) });
      const { clientID } = ann.doc;
      expect(bob.provider.awareness.getStates().get(clientID)).to.deep.equal({ user: { name: 'Ann' } });
      bob.latest().says({ ...from, cursor: null, left: true });
      expect(bob.provider.awareness.getStates().has(clientID)).to.equal(false);
      // The same words again, from one who came back.
      bob.latest().says({ ...from, cursor: null, data: presenceOf(ann) });
      expect(bob.provider.awareness.getStates().has(clientID)).to.equal(true);
      ann.provider.destroy();
      bob.provider.destroy();
    });

    it('[CLI-7] forgets the others while there is no connection, and says who it is after each return', () => {
      const [ann, bob] = [createScene(), createScene()];
      ann.goLive();
      bob.goLive();
      bob.latest().says({
        type: 'presence',
        connectionId: CONNECTION,
        userId: 'ann',
        displayName: 'ann',
        cursor: null,
        data: presenceOf(ann),
      });
      expect(bob.provider.awareness.getStates().size).to.equal(2);
      const returns = bob.comeBack(0);
      expect([...bob.provider.awareness.getStates().keys()]).to.deep.equal([bob.doc.clientID]);
      returns.resumes();
      expect(bob.latest().sentOf('presence')).to.have.lengthOf(1);
      ann.provider.destroy();
      bob.provider.destroy();
    });

    it('does not fail on what is no awareness', () => {
      const { provider, latest } = createScene().goLive();
      for (const data of ['', 'rubbish', 'AQID', 'AQEBBXJ1Yi4u']) {
        latest().says({
          type: 'presence',
          connectionId: CONNECTION,
          userId: 'eve',
          displayName: 'eve',
          cursor: null,
          data,
        });
      }
      expect(provider.awareness.getStates().size).to.equal(1);
      provider.destroy();
    });
  });
});
