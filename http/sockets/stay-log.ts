import type { Logger } from 'pino';
import type { ConnectionId, DocumentId, Seq, UserId } from '../../protocol/ids.ts';
import type { Clock } from './clock.ts';

/** Whose stay, and where: on every line about it. */
export interface StayIdentity {
  readonly documentId: DocumentId;
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
}

/** A change that is durable. */
export interface LoggedChange {
  /** Absent at doors whose changes have no names. */
  readonly operationId?: string;
  readonly seq: Seq;
  /** Of what the change carried. */
  readonly bytes: number;
  /** On the clock of the sockets: when its message came. */
  readonly heardAt: number;
}

/** Pixels that are durable. */
export interface LoggedPaint {
  readonly operationId: string;
  readonly seq: Seq;
  /** How many. */
  readonly pixels: number;
  /** On the clock of the sockets: when its message came. */
  readonly heardAt: number;
}

/**
 * What one socket's stay at a document leaves in the log. That it came and went is `info`, each of its changes `debug`:
 * a person who types would otherwise be ten lines a second. Never what the changes say.
 */
export class StayLog {
  /** As lines name it; also for those who write their own about the same socket. */
  readonly fields: Readonly<Record<string, string>>;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #startedAt: number;

  constructor(logger: Logger, clock: Clock, { documentId, connectionId, userId }: StayIdentity) {
    this.fields = { document_id: documentId, connection_id: connectionId, user: userId };
    this.#logger = logger;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** @param lastSeq - what it had seen when it came back */
  joined(lastSeq: Seq | undefined): void {
    this.#logger.info({ ...this.fields, ...(lastSeq === undefined ? {} : { last_seq: lastSeq }) }, 'joined');
  }

  left(): void {
    this.#logger.info({ ...this.fields, ms: this.#since(this.#startedAt) }, 'left');
  }

  changed({ operationId, seq, bytes, heardAt }: LoggedChange): void {
    // Asked first, so that a log that does not show it costs a busy document nothing.
    if (!this.#logger.isLevelEnabled('debug')) return;
    const operation = operationId === undefined ? {} : { operation_id: operationId };
    const line = { seq, bytes, ms: this.#since(heardAt) };
    this.#logger.debug({ ...this.fields, ...operation, ...line }, 'update');
  }

  painted({ operationId, seq, pixels, heardAt }: LoggedPaint): void {
    if (!this.#logger.isLevelEnabled('debug')) return;
    const line = { operation_id: operationId, seq, pixels, ms: this.#since(heardAt) };
    this.#logger.debug({ ...this.fields, ...line }, 'painted');
  }

  /** @param waiting - bytes that it has not taken */
  fellBehind(waiting: number): void {
    this.#logger.debug({ ...this.fields, waiting }, 'reader is behind');
  }

  /** @param afterSeq - what it had been told by then */
  cameBack(afterSeq: Seq): void {
    this.#logger.debug({ ...this.fields, after_seq: afterSeq }, 'reader is back');
  }

  snapshotStored(version: Seq, bytes: number): void {
    this.#logger.info({ ...this.fields, version, bytes }, 'snapshot stored');
  }

  refused({ code }: { readonly code: string }, operationId?: string): void {
    if (!this.#logger.isLevelEnabled('debug')) return;
    const operation = operationId === undefined ? {} : { operation_id: operationId };
    this.#logger.debug({ ...this.fields, ...operation, code }, 'refused');
  }

  #since(then: number): number {
    return Math.round((this.#clock.now() - then) * 100) / 100;
  }
}
