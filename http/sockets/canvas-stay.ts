import type { Caller } from '../../actors/caller.ts';
import type { Subscriber } from '../../actors/door.ts';
import type { Executed } from '../../actors/messages.ts';
import type { CanvasCommand, PaintReport } from '../../protocol/canvas-messages.ts';
import type { CanvasStateMessage } from '../../protocol/canvas-socket.ts';
import type { ConnectionId, DocumentId, OperationId, Seq, UserId } from '../../protocol/ids.ts';
import type { Problem } from '../../protocol/problem.ts';
import { type CanvasDoor, type CanvasGuest, operationIdOf } from './canvas-door.ts';
import { encodeCanvas } from './canvas-frames.ts';
import type { CanvasLimits } from './canvas-limits.ts';
import type { Clock } from './clock.ts';
import { CLOSE_TRY_AGAIN_LATER, type Connection } from './connection.ts';
import type { IdleWatch, Watched } from './idle-watch.ts';
import { PaintAcks } from './paint-acks.ts';
import { problemOf } from './problem-of.ts';
import type { StayLog } from './stay-log.ts';

/** What a stay needs of a document: `DocumentRef` of the runtime. */
export interface CanvasDocumentPort {
  readonly id: DocumentId;
  execute(command: CanvasCommand, caller: Caller): Promise<Executed>;
  hasDone(operationId: OperationId): Promise<boolean>;
  join(subscriber: Subscriber, afterSeq?: Seq): void;
  leave(connectionId: ConnectionId): void;
}

/** What is needed of a connection. */
export type CanvasConnection = Pick<Connection, 'deliver' | 'close' | 'waiting' | 'taken' | 'whenTaken'>;

/** Pixels on their way to the canvas. */
export interface Painting {
  /** The client's name for it. */
  readonly id: string;
  /** Packed. */
  readonly pixels: Uint8Array;
  readonly strokeId?: string;
  /** It was counted towards the rate. */
  readonly isPaid?: true;
  /** On the clock of the sockets: when its message came. */
  readonly heardAt: number;
}

export interface CanvasStayOptions {
  readonly connection: CanvasConnection;
  readonly document: CanvasDocumentPort;
  readonly door: CanvasDoor;
  readonly limits: Pick<CanvasLimits, 'behindBytes'>;
  readonly clock: Clock;
  /** Looks after readers that take nothing. */
  readonly stallWatch: IdleWatch;
  readonly log: StayLog;
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly you: CanvasStateMessage['you'];
  readonly lastSeq?: Seq;
  readonly onPainted: (pixels: number) => void;
  /** It had been painted before. */
  readonly onRepeated: (painting: Painting) => void;
  readonly onRefused: (painting: Painting, problem: Problem) => void;
  /** Its reader took nothing for too long. */
  readonly onStalled: () => void;
}

/** How a socket stands to its canvas. */
type Standing =
  /** It was not shown the canvas yet; what is to be done afterwards. */
  | { readonly is: 'joining'; readonly held: (() => void)[] }
  | { readonly is: 'live' }
  /** Too much waits for its reader: it has left the canvas until that is taken. */
  | { readonly is: 'behind' }
  /** Its reader has taken all, and waits to be shown the canvas again. */
  | { readonly is: 'returning' }
  | { readonly is: 'gone' };

/** One who is at a canvas: what it paints there, and what the canvas tells it. */
export class CanvasStay implements Subscriber, CanvasGuest, Watched {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly door: CanvasDoor;
  readonly you: CanvasStateMessage['you'];
  readonly acks = new PaintAcks();
  readonly #options: CanvasStayOptions;
  #standing: Standing = { is: 'joining', held: [] };
  /** The last event that it was told. */
  #seq: Seq = 0;
  #taken = { bytes: 0, at: 0 };

  constructor(options: CanvasStayOptions) {
    this.#options = options;
    this.connectionId = options.connectionId;
    this.userId = options.userId;
    this.displayName = options.displayName;
    this.door = options.door;
    this.you = options.you;
  }

  join(): void {
    const { document, door, lastSeq, log } = this.#options;
    log.joined(lastSeq);
    door.admit(this);
    document.join(this, lastSeq);
  }

  leave(): void {
    const { document, door, log, stallWatch } = this.#options;
    this.#standing = { is: 'gone' };
    log.left();
    stallWatch.remove(this);
    door.dismiss(this.connectionId);
    document.leave(this.connectionId);
  }

  /** Of one that is behind: when it last took anything. */
  get heardAt(): number {
    const { connection, clock } = this.#options;
    if (connection.taken !== this.#taken.bytes) this.#taken = { bytes: connection.taken, at: clock.now() };
    return this.#taken.at;
  }

  idle(): void {
    this.#options.onStalled();
    this.close(CLOSE_TRY_AGAIN_LATER, 'slow_reader');
  }

  welcomed(seq: Seq): void {
    this.#seq = seq;
  }

  deliver(frames: Uint8Array, droppable: boolean): void {
    const { connection, limits, door } = this.#options;
    switch (this.#standing.is) {
      case 'joining':
      case 'returning':
        this.#show(frames);
        return;
      case 'live':
        if (connection.waiting > 0 && connection.waiting + frames.length > limits.behindBytes) {
          this.#fallBehind();
          return;
        }
        connection.deliver(frames, droppable);
        this.acks.delivered();
        this.#seq = Math.max(this.#seq, door.toldUpTo);
        return;
      case 'behind':
      case 'gone':
        return;
    }
  }

  close(code: number, reason: string): void {
    this.#options.connection.close(code, reason);
  }

  /** Frames that need not be in any place among the others. `droppable`: may be left out where the reader is behind. */
  tell(frames: Uint8Array, droppable = false): void {
    this.#onceShown(() => this.#options.connection.deliver(frames, droppable));
  }

  /** Its acknowledgement comes from the door, or from here where that told it while nobody was there. */
  paint(painting: Painting): void {
    this.#onceShown(() => this.#paint(painting));
  }

  #paint(painting: Painting): void {
    const { id, pixels, strokeId, heardAt } = painting;
    const { document, displayName, userId, connectionId, log, onPainted, onRepeated, onRefused } =
      this.#options;
    const operationId = operationIdOf(userId, id);
    const stroke = strokeId === undefined ? {} : { strokeId };
    const told = Math.max(this.#seq, this.door.toldUpTo);
    this.acks.open(id);
    document
      .execute(
        { type: 'canvas.paint', pixels, name: displayName, ...stroke },
        { by: userId, operationId, connectionId },
      )
      .then(
        ({ seq, answer }) => {
          const { pixels: count } = answer as PaintReport;
          log.painted({ operationId: id, seq, pixels: count, heardAt });
          // Told before it was asked for, or to one of the same name that was asked for a moment before.
          if (seq <= told || this.acks.seqOf(id) === seq) onRepeated(painting);
          else onPainted(count);
          const missed = this.acks.durable(id, seq);
          if (missed !== undefined) this.tell(encodeCanvas({ type: 'pixel:ack', ...missed }));
        },
        (error: unknown) => {
          this.acks.failed(id);
          onRefused(painting, problemOf(error));
        },
      );
  }

  /** The first delivery, or the first after it was behind: the canvas, and what it was not told. */
  #show(frames: Uint8Array): void {
    const { connection } = this.#options;
    const held = this.#standing.is === 'joining' ? this.#standing.held : [];
    this.#standing = { is: 'live' };
    this.acks.dropped();
    connection.deliver(frames, false, true);
    const missed = this.acks.missed(this.#seq);
    if (missed !== undefined) this.tell(encodeCanvas({ type: 'pixel:ack', ...missed }));
    // What is done before the canvas knows this subscriber would not be told to it: it does, when this returns.
    queueMicrotask(() => {
      for (const act of held) act();
    });
  }

  #fallBehind(): void {
    const { connection, document, clock, log, stallWatch } = this.#options;
    this.#standing = { is: 'behind' };
    this.acks.dropped();
    log.fellBehind(connection.waiting);
    this.#taken = { bytes: connection.taken, at: clock.now() };
    stallWatch.add(this);
    document.leave(this.connectionId);
    connection.whenTaken(() => this.#return());
  }

  #return(): void {
    const { document, log, stallWatch } = this.#options;
    if (this.#standing.is !== 'behind') return;
    stallWatch.remove(this);
    this.#standing = { is: 'returning' };
    log.cameBack(this.#seq);
    document.join(this, this.#seq);
  }

  #onceShown(act: () => void): void {
    if (this.#standing.is === 'joining') this.#standing.held.push(act);
    else act();
  }
}
