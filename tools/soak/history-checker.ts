import { unreachable } from '../../protocol/unreachable.ts';
import type { HistoryEvent } from './history.ts';

/**
 * - `gap`: a client was not told of a seq, or was told of one out of order;
 * - `duplicate`: an operation has two places in the log, or a place has two operations;
 * - `lost`: something was acknowledged, and then it was not there;
 * - `reorder`: an update that was acknowledged before another one was sent has the larger seq.
 */
export type Rule = 'gap' | 'duplicate' | 'lost' | 'reorder';

export interface Violation {
  readonly rule: Rule;
  readonly message: string;
}

type EventOf<Type> = Extract<HistoryEvent, { type: Type }>;

interface Operation {
  readonly delta: string;
  /** The largest seq that anybody had an ack for when this was first sent. */
  readonly after: number;
  sessions: number;
  seq: number | undefined;
}

interface Session {
  /** The largest seq that anybody had an ack for when this was dialled. */
  readonly after: number;
  last: number | undefined;
}

/** What a history breaks of the server's promises; empty for a server that keeps them. */
export function checkHistory(events: readonly HistoryEvent[]): Violation[] {
  const checker = new HistoryChecker();
  for (const event of events) checker.take(event);
  return checker.finish();
}

class HistoryChecker {
  readonly #violations: Violation[] = [];
  readonly #operations = new Map<string, Operation>();
  readonly #sessions = new Map<number, Session>();
  /** Operation by its place in the log. */
  readonly #acked = new Map<number, string>();
  /** What was told of each place in the log; `null` for an event that is no update. */
  readonly #told = new Map<number, string | null>();
  #largestAck = 0;

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'dialled':
        this.#sessions.set(event.session, { after: this.#largestAck, last: undefined });
        return;
      case 'joined':
        this.#join(event);
        return;
      case 'sent':
        this.#send(event);
        return;
      case 'acked':
        this.#ack(event);
        return;
      case 'received':
        this.#receive(event);
        return;
      default:
        unreachable(event);
    }
  }

  finish(): Violation[] {
    for (const [seq, opId] of this.#acked) this.#compare(seq, opId);
    this.#findRepeats();
    this.#checkOrder();
    return this.#violations;
  }

  #join({ client, session, version, headSeq }: EventOf<'joined'>): void {
    const joined = this.#sessionOf(session);
    joined.last = version;
    if (headSeq < joined.after) {
      this.#break('lost', `${client} found the head at ${headSeq} after ${joined.after} was acknowledged`);
    }
  }

  #send({ opId, delta }: EventOf<'sent'>): void {
    const known = this.#operations.get(opId);
    if (known !== undefined) known.sessions += 1;
    else this.#operations.set(opId, { delta, after: this.#largestAck, sessions: 1, seq: undefined });
  }

  #ack({ client, session, opId, seq }: EventOf<'acked'>): void {
    const operation = this.#operations.get(opId);
    if (operation === undefined) {
      this.#break('duplicate', `${client} got an ack for ${opId}, which nobody sent`);
      return;
    }
    if (operation.seq !== undefined && operation.seq !== seq) {
      this.#break('duplicate', `${opId} was acknowledged at ${operation.seq} and at ${seq}`);
    }
    const other = this.#acked.get(seq);
    if (other !== undefined && other !== opId) {
      this.#break('duplicate', `${seq} was acknowledged to ${other} and to ${opId}`);
    }
    operation.seq = seq;
    this.#acked.set(seq, opId);
    this.#largestAck = Math.max(this.#largestAck, seq);
    // Sent again: the client may have heard of its seq before, in the state or as an update of somebody.
    const { last = 0 } = this.#sessionOf(session);
    if (operation.sessions === 1 || seq > last) this.#advance(client, session, seq);
  }

  #receive({ client, session, seq, delta }: EventOf<'received'>): void {
    this.#advance(client, session, seq);
    const told = this.#told.get(seq);
    if (told !== undefined && told !== (delta ?? null)) {
      this.#break('lost', `${client} was told something else at ${seq} than others before`);
    }
    this.#told.set(seq, delta ?? null);
  }

  #advance(client: string, session: number, seq: number): void {
    const told = this.#sessionOf(session);
    if (told.last === undefined) this.#break('gap', `${client} was told of ${seq} before the state`);
    else if (seq !== told.last + 1) this.#break('gap', `${client} was told of ${seq} after ${told.last}`);
    told.last = seq;
  }

  #compare(seq: number, opId: string): void {
    const told = this.#told.get(seq);
    if (told !== undefined && told !== this.#operations.get(opId)?.delta) {
      this.#break('lost', `${opId} was acknowledged at ${seq}, where others were told something else`);
    }
  }

  /** The same bytes at two places: an operation that was stored twice. Clients make no two equal updates. */
  #findRepeats(): void {
    const places = new Map<string, number>();
    const deltas = new Map([...this.#told].flatMap(([seq, delta]) => (delta === null ? [] : [[seq, delta]])));
    for (const [seq, opId] of this.#acked) {
      const operation = this.#operations.get(opId);
      if (operation !== undefined) deltas.set(seq, operation.delta);
    }
    for (const [seq, delta] of deltas) {
      const place = places.get(delta);
      if (place !== undefined) this.#break('duplicate', `the same update is at ${place} and at ${seq}`);
      places.set(delta, seq);
    }
  }

  #checkOrder(): void {
    for (const [opId, { seq, after }] of this.#operations) {
      if (seq !== undefined && seq <= after) {
        this.#break('reorder', `${opId} has ${seq}, but ${after} was acknowledged before it was sent`);
      }
    }
  }

  #sessionOf(session: number): Session {
    const known = this.#sessions.get(session);
    if (known !== undefined) return known;
    throw new TypeError(`session ${session} was not dialled`);
  }

  #break(rule: Rule, message: string): void {
    this.#violations.push({ rule, message });
  }
}
