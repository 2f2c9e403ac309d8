import { pino } from 'pino';
import type { Subscriber, WelcomeNotice } from '../../actors/door.ts';
import type { Executed } from '../../actors/messages.ts';
import { RoomDoor } from '../../http/sockets/room-door.ts';
import { ROOM_LIMITS, type UpdateLimits } from '../../http/sockets/room-limits.ts';
import { createRoomParser } from '../../http/sockets/room-route.ts';
import { RoomSession } from '../../http/sockets/room-session.ts';
import type { RoomDocumentPort } from '../../http/sockets/room-stay.ts';
import type { AnnotationFact, MergeReport } from '../../protocol/annotation-messages.ts';
import type { ConnectionId, DocumentId, Seq, UserId } from '../../protocol/ids.ts';
import type { Problem } from '../../protocol/problem.ts';
import { someAnnotation } from './facts.ts';
import { FakeClock } from './fake-clock.ts';
import { DOCUMENT_ID, OTHER_ID } from './harness.ts';
import { type RoomFrame, roomFramesOf } from './room-messages.ts';

const ALL_GOOD: MergeReport = { quarantined: [] };

interface Asked {
  readonly update: Uint8Array;
  resolve(executed: Executed): void;
  reject(error: unknown): void;
}

/** A room without actor and store: it answers an update when a test says so, in the ways in which the runtime does. */
export class FakeRoom implements RoomDocumentPort {
  readonly id = DOCUMENT_ID as DocumentId;
  /** Updates that were not answered yet. */
  readonly asked: Asked[] = [];
  readonly presence: Readonly<Record<string, unknown>>[] = [];
  touched = 0;
  subscriber: Subscriber | undefined;
  afterSeq: Seq | undefined;
  #seq = 0;

  execute({ type, ...rest }: { readonly type: string }): Promise<Executed> {
    if (type !== 'annotations.merge' || !('update' in rest))
      throw new Error(`a room socket asked for ${type}`);
    const update = rest.update as Uint8Array;
    return new Promise((resolve, reject) => this.asked.push({ update, resolve, reject }));
  }

  join(subscriber: Subscriber, afterSeq?: Seq): void {
    this.subscriber = subscriber;
    this.afterSeq = afterSeq;
  }

  leave(): void {
    this.subscriber = undefined;
  }

  setPresence(_id: ConnectionId, data: Readonly<Record<string, unknown>>): void {
    this.presence.push(data);
  }

  touchPresence(): void {
    this.touched += 1;
  }

  welcome(): void {
    const opening = { update: Uint8Array.of(0, 0), stateVector: Uint8Array.of(0) };
    const welcomeOf = (connectionId: ConnectionId): WelcomeNotice => ({
      type: 'welcome',
      documentId: this.id,
      connectionId,
      seq: this.#seq,
      snapshotSeq: 0,
      presence: [],
      opening,
    });
    this.#tell((door, connectionId) => door.encode(welcomeOf(connectionId)));
    this.#tell((door, connectionId) => door.encodeOpening?.(welcomeOf(connectionId)));
  }

  /** The oldest update is durable. What the answer says is known before the fact is told. */
  async commit(report: MergeReport = ALL_GOOD): Promise<void> {
    const { update, resolve } = this.#oldest();
    this.#seq += 1;
    const seq = this.#seq;
    resolve({ seq, answer: report });
    await turn();
    const fact: AnnotationFact = { type: 'annotation.updated', annotation: someAnnotation, update };
    this.#tell((door, connectionId) =>
      door.encodeOwn?.({ type: 'fact', seq, fact, origin: { connectionId, operationId: undefined } }),
    );
  }

  /** The oldest update says nothing new. */
  async change(nothing: MergeReport = ALL_GOOD): Promise<void> {
    this.#oldest().resolve({ seq: this.#seq, answer: nothing });
    await turn();
    this.#tell((door, connectionId) =>
      door.encodeRepeat?.({
        type: 'repeat',
        seq: this.#seq,
        origin: { connectionId, operationId: undefined },
      }),
    );
  }

  async refuse(problem: Problem): Promise<void> {
    this.#oldest().reject(problem);
    await turn();
    this.#tell((door, connectionId) =>
      door.encodeRefusal?.({ type: 'refusal', problem, origin: { connectionId, operationId: undefined } }),
    );
  }

  /** The oldest update fails without the document having a word. */
  async fail(error: unknown): Promise<void> {
    this.#oldest().reject(error);
    await turn();
  }

  #oldest(): Asked {
    const asked = this.asked.shift();
    if (asked === undefined) throw new Error('nothing was asked');
    return asked;
  }

  #tell(encode: (door: Subscriber['door'], id: ConnectionId) => Uint8Array | undefined): void {
    const { subscriber } = this;
    if (subscriber === undefined) return;
    const frames = encode(subscriber.door, subscriber.connectionId);
    if (frames !== undefined) subscriber.deliver(frames, false);
  }
}

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One for all: it reads the contract. */
const parser = createRoomParser();

/** A session between a connection that only writes down what it is told and a fake room. */
export function startRoomSession(limits: Partial<UpdateLimits> = {}) {
  const [said, closed, rejected]: [RoomFrame[], { code: number; reason: string }[], string[]] = [[], [], []];
  const logged: { level: number; msg: string; [key: string]: unknown }[] = [];
  const clock = new FakeClock();
  const room = new FakeRoom();
  const catchUps: boolean[] = [];
  const session = new RoomSession({
    connection: {
      deliver: (frames, _droppable, isCatchUp = false) => {
        if (closed.length > 0 || frames.length === 0) return;
        catchUps.push(isCatchUp);
        said.push(...roomFramesOf(frames));
      },
      close: (code, reason) => void closed.push({ code, reason }),
    },
    document: room,
    door: new RoomDoor(),
    parser,
    limits: { ...ROOM_LIMITS, ...limits },
    clock,
    logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    onRejected: (code) => rejected.push(code),
    connectionId: OTHER_ID as ConnectionId,
    userId: 'ann' as UserId,
    displayName: 'Ann',
  });
  return { session, room, said, closed, rejected, logged, clock, catchUps };
}

/** The same, welcomed. */
export async function openRoomSession(limits?: Partial<UpdateLimits>) {
  const started = startRoomSession(limits);
  started.session.opened();
  started.room.welcome();
  await turn();
  started.said.length = 0;
  return started;
}
