import type {
  Door,
  FactNotice,
  Notice,
  Presence,
  RefusalNotice,
  RepeatNotice,
  WelcomeNotice,
} from '../../actors/door.ts';
import type { AnnotationFact, CrdtState } from '../../protocol/annotation-messages.ts';
import type { ConnectionId, Seq, UserId } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { encodeBase64 } from './base64.ts';
import type { RoomAnswers } from './room-answers.ts';
import {
  encodeRoom,
  encodeRoomFact,
  encodeSnapshot,
  encodeUpdate,
  isEmptyUpdate,
  presenceStateOf,
  updateOf,
} from './room-frames.ts';
import { UpdateRun } from './update-run.ts';

/** Half a frame of a screen: noisy editors become one frame, and nobody sees that it waited. */
const GATHER_MS = 8;

/** Somebody at a room, as far as the door must know. */
export interface RoomGuest {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly answers: RoomAnswers;
}

type NoticeOf<Type> = Extract<Notice, { type: Type }>;

/** How subscribers of `/v1/ws/rooms/{roomId}` are told: the frames of asyncapi.yaml. One for all rooms. */
export class RoomDoor implements Door {
  readonly name = 'room';
  readonly gatherMs = GATHER_MS;
  readonly opening = { type: 'crdt.state' };
  readonly resuming = { type: 'crdt.vector' };
  readonly #guests = new Map<ConnectionId, RoomGuest>();
  /** By the state of which they are: it stays the same object until the next change. */
  readonly #snapshots = new WeakMap<Uint8Array, { readonly seq: Seq; readonly frame: Uint8Array }>();
  /** A frame is answered once, however often the answer is asked for. */
  readonly #answered = new WeakMap<FactNotice | RepeatNotice | RefusalNotice, Uint8Array | undefined>();

  /** Before it joins. */
  admit(guest: RoomGuest): void {
    this.#guests.set(guest.connectionId, guest);
  }

  dismiss(connectionId: ConnectionId): void {
    this.#guests.delete(connectionId);
  }

  encode(notice: Notice): Uint8Array | undefined {
    switch (notice.type) {
      case 'fact':
        return encodeRoomFact(notice.seq, notice.fact as AnnotationFact);
      case 'transient': {
        // Only exports have something to tell between their events.
        const fact = notice.fact as AnnotationFact;
        return fact.type === 'export.updated' ? encodeRoom({ type: fact.type, job: fact.job }) : undefined;
      }
      case 'presence':
        return encodePresence(notice);
      case 'welcome':
        return this.#welcome(notice);
      case 'resync':
        return encodeResync(notice);
      default:
        return unreachable(notice);
    }
  }

  /** The whole document; one that goes on where it was is told what it missed instead. */
  encodeOpening({ seq, after, opening }: WelcomeNotice): Uint8Array | undefined {
    if (after !== undefined) return undefined;
    const { update } = opening as CrdtState;
    const known = this.#snapshots.get(update);
    if (known?.seq === seq) return known.frame;
    const frame = encodeSnapshot(seq, update);
    this.#snapshots.set(update, { seq, frame });
    return frame;
  }

  /** Edits are acknowledged. Nothing else of a room is asked for by its sockets, so the rest is told as to all. */
  encodeOwn(notice: FactNotice): Uint8Array | undefined {
    if (updateOf(notice) === undefined) return this.encode(notice);
    return this.#answer(notice, (answers) => answers.acknowledge(notice.seq));
  }

  encodeRepeat(notice: RepeatNotice): Uint8Array | undefined {
    return this.#answer(notice, (answers) => answers.acknowledge(notice.seq));
  }

  encodeRefusal(notice: RefusalNotice): Uint8Array | undefined {
    return this.#answer(notice, (answers) => answers.refuse(notice.problem));
  }

  /** Runs of mere edits become one frame each; what else happened between them keeps its place. */
  encodeMerged(notices: readonly FactNotice[]): Uint8Array | undefined {
    const frames: Uint8Array[] = [];
    let run = new EditRun();
    for (const notice of notices) {
      const update = updateOf(notice);
      if (update !== undefined && run.add(notice, update)) continue;
      frames.push(run.encode());
      run = new EditRun();
      if (update === undefined) frames.push(encodeRoomFact(notice.seq, notice.fact as AnnotationFact));
      else run.add(notice, update);
    }
    frames.push(run.encode());
    return Buffer.concat(frames);
  }

  #answer(
    notice: FactNotice | RepeatNotice | RefusalNotice,
    ask: (answers: RoomAnswers) => Uint8Array | undefined,
  ): Uint8Array | undefined {
    if (this.#answered.has(notice)) return this.#answered.get(notice);
    const guest = notice.origin && this.#guests.get(notice.origin.connectionId);
    const frames = guest && ask(guest.answers);
    this.#answered.set(notice, frames);
    return frames;
  }

  #welcome(notice: WelcomeNotice): Uint8Array {
    const { documentId, connectionId, seq, snapshotSeq, presence } = notice;
    const { stateVector } = notice.opening as Pick<CrdtState, 'stateVector'>;
    return encodeRoom({
      type: 'roomInfo',
      roomId: documentId,
      seq,
      snapshotSeq,
      stateVector: encodeBase64(stateVector),
      userId: this.#guests.get(connectionId)?.userId ?? '',
      connectionId,
      presence: presence.map(presenceStateOf),
    });
  }
}

/** Edits that follow each other, as one frame. */
class EditRun {
  readonly #run = new UpdateRun();
  #last: FactNotice | undefined;

  /** @returns false where it would become too much */
  add(notice: FactNotice, update: Uint8Array): boolean {
    if (!isEmptyUpdate(update) && !this.#run.add(update)) return false;
    this.#last = notice;
    return true;
  }

  encode(): Uint8Array {
    return this.#last === undefined ? new Uint8Array(0) : encodeUpdate(this.#last.seq, this.#run.merged());
  }
}

function encodePresence({ change, presence }: NoticeOf<'presence'>): Uint8Array {
  if (change !== 'left') return encodeRoom({ type: 'presence', ...presenceStateOf(presence) });
  const nowhere: Presence = { ...presence, data: {} };
  return encodeRoom({ type: 'presence', ...presenceStateOf(nowhere), left: true });
}

/** After a welcome there is no opening: that had the whole state. */
function encodeResync({ seq, opening }: NoticeOf<'resync'>): Uint8Array | undefined {
  if (opening === undefined) return undefined;
  const { stateVector, update } = opening as CrdtState;
  return Buffer.concat([
    encodeRoom({ type: 'resync', seq, stateVector: encodeBase64(stateVector) }),
    encodeSnapshot(seq, update),
  ]);
}
