import { expect } from 'chai';
import fc from 'fast-check';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { encodeRoomFrame, type RoomServerMessage } from '../../protocol/room-socket.ts';
import { createScene, destroyRooms, ROOM, type RoomScene, type RoomSocket } from './room-scene.ts';

type Frame =
  | RoomServerMessage
  | { readonly seq: number; readonly kind: 'snapshot' | 'update'; readonly update: Uint8Array };

interface Link {
  readonly scene: RoomScene;
  socket: RoomSocket;
  /** Frames of the server that the client has not got yet. */
  readonly toClient: Frame[];
  /** The client's frames that the server has read. */
  read: number;
  isOpen: boolean;
}

/** A server with a log, at the end of wires that lose whatever is on them when they are cut. */
class Wires {
  readonly doc = new Y.Doc();
  readonly log: Uint8Array[] = [];
  readonly links: Link[];

  constructor(scenes: readonly RoomScene[]) {
    this.links = scenes.map((scene) => ({
      scene,
      socket: scene.latest(),
      toClient: [],
      read: 0,
      isOpen: true,
    }));
    for (const link of this.links) this.#welcome(link);
  }

  /** Reads the next frame of a client, or puts it off. */
  read(link: Link, isBusy: boolean): void {
    const update = link.socket.sentBinary[link.read];
    if (update === undefined || !link.isOpen) return;
    link.read += 1;
    const frame = link.read;
    if (isBusy) {
      link.toClient.push({ type: 'error', code: 'unavailable', message: 'busy', frame });
      return;
    }
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc));
    Y.applyUpdate(copy, update);
    if (copy.store.pendingStructs !== null || copy.store.pendingDs !== null) {
      const stateVector = toBase64(Y.encodeStateVector(this.doc));
      link.toClient.push({ type: 'error', code: 'missing_updates', message: 'missing', frame, stateVector });
      return;
    }
    let news: Uint8Array | undefined;
    const heard = (bytes: Uint8Array): void => {
      news = bytes;
    };
    this.doc.on('update', heard);
    Y.applyUpdate(this.doc, update);
    this.doc.off('update', heard);
    if (news !== undefined) this.log.push(news);
    const seq = this.log.length;
    link.toClient.push({ type: 'ack', seq });
    if (news === undefined) return;
    for (const other of this.links)
      if (other !== link && other.isOpen) other.toClient.push({ kind: 'update', seq, update: news });
  }

  /** Gives a client its next frame; live updates that follow each other may be one. */
  deliver(link: Link, merges: boolean): void {
    const frame = link.toClient.shift();
    if (frame === undefined) return;
    if ('type' in frame) {
      link.socket.says(frame);
      return;
    }
    let { seq, update } = frame;
    for (
      let next = link.toClient[0];
      merges && link.scene.provider.status.name === 'live';
      next = link.toClient[0]
    ) {
      if (next === undefined || 'type' in next || next.kind !== 'update') break;
      link.toClient.shift();
      seq = next.seq;
      update = Y.mergeUpdates([update, next.update]);
    }
    link.socket.saysRaw(encodeRoomFrame({ kind: frame.kind, seq, update }).slice().buffer);
  }

  /** What is on the wire is lost, either way. */
  cut(link: Link): void {
    link.isOpen = false;
    link.toClient.length = 0;
    link.socket.ends(1006);
  }

  /** Lets a client come back, if it was cut. */
  reconnect(link: Link, isPruned: boolean): void {
    link.scene.timers.pass(2_000);
    const socket = link.scene.latest();
    if (socket === link.socket) return;
    link.socket = socket;
    link.isOpen = true;
    link.read = 0;
    this.#welcome(link, isPruned);
  }

  #welcome({ socket, toClient }: Link, isPruned = false): void {
    const seq = this.log.length;
    const stateVector = toBase64(Y.encodeStateVector(this.doc));
    const ids = { roomId: ROOM, userId: 'ann', connectionId: ROOM };
    toClient.push({ type: 'roomInfo', ...ids, seq, snapshotSeq: 0, stateVector, presence: [] });
    const lastSeq = socket.url.searchParams.get('lastSeq');
    if (lastSeq === null || (isPruned && Number(lastSeq) < seq)) {
      toClient.push({ kind: 'snapshot', seq, update: Y.encodeStateAsUpdate(this.doc) });
      return;
    }
    for (let at = Number(lastSeq); at < seq; at += 1) {
      const update = this.log[at];
      if (update !== undefined) toClient.push({ kind: 'update', seq: at + 1, update });
    }
  }
}

const jsonOf = (doc: Y.Doc): unknown => doc.getMap('annotations').toJSON();

/** Whether a document has all that another has, of what is there and of what is deleted. */
const hasAll = (doc: Y.Doc, other: Y.Doc): boolean =>
  Y.snapshotContainsUpdate(Y.snapshot(doc), Y.encodeStateAsUpdate(other));

const who = fc.constantFrom(0, 1);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit'),
      who,
      key: fc.constantFrom('a', 'b', 'c'),
      value: fc.option(fc.nat(99)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('read'),
      who,
      flag: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver'), who, flag: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut'), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reconnect'), who, flag: fc.boolean() }) },
);

describe('providers of one room behind wires that break', () => {
  afterEach(destroyRooms);

  it('[CLI-1] never claim what is not so, lose nothing, and end up equal', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 120, size: 'max' }),
        fc.integer({ min: 1, max: 4 }),
        (steps, window) => {
          // Nobody is suspected to be gone: what is cut is cut by the test.
          const options = { window, connectTimeoutMs: 1e9, pingMs: 1e9, backoff: { maxMs: 1_000 } };
          const scenes = [createScene(options), createScene(options)];
          const wires = new Wires(scenes);
          const check = (): void => {
            for (const { provider, doc } of scenes) {
              if (provider.saved) expect(hasAll(wires.doc, doc), 'saved').to.equal(true);
            }
          };
          for (const one of steps) {
            const link = wires.links[one.who];
            if (link === undefined) throw new Error('no link');
            if ('key' in one) {
              if (one.value === null) link.scene.map.delete(one.key);
              else link.scene.map.set(one.key, one.value);
            } else if (!('flag' in one)) wires.cut(link);
            else if (one.do === 'read') wires.read(link, one.flag);
            else if (one.do === 'deliver') wires.deliver(link, one.flag);
            else wires.reconnect(link, one.flag);
            check();
          }
          for (
            let round = 0;
            round < 300 && !scenes.every(({ provider }) => provider.synced && provider.saved);
            round += 1
          ) {
            for (const link of wires.links) {
              wires.reconnect(link, false);
              for (let count = 0; count < 10; count += 1) wires.read(link, false);
              while (link.toClient.length > 0) wires.deliver(link, false);
              check();
            }
          }
          for (const link of wires.links) while (link.toClient.length > 0) wires.deliver(link, true);
          for (const { provider, doc, errors } of scenes) {
            expect([provider.synced, provider.saved, jsonOf(doc)]).to.deep.equal([
              true,
              true,
              jsonOf(wires.doc),
            ]);
            expect(errors.filter((code) => code !== 'unavailable')).to.deep.equal([]);
          }
          destroyRooms();
        },
      ),
      { numRuns: 80 },
    );
  });
});
