import type { Annotation } from '../../../protocol/entities.ts';
import type { RealtimeServerMessage } from '../../../protocol/realtime.ts';
import { RestClient } from './rest-client.ts';
import type { RoomLedger } from './room-ledger.ts';
import type { Place, RoomMember } from './room-member.ts';
import { RoomNetwork } from './room-network.ts';

const COME_BACK_MS = 100;

/** One who only listens at `/v1/realtime`, and keeps a list of its own by what it hears. */
export class RealtimeReader implements RoomMember {
  readonly door = 'realtime';
  readonly name: string;
  readonly #place: Place;
  readonly #ledger: RoomLedger;
  readonly #rest: RestClient;
  readonly #network = new RoomNetwork();
  /** By id, deleted ones too. */
  readonly #view = new Map<string, Annotation>();
  #lastSeq: number | undefined;
  #rereads = 0;
  #isConnected = false;
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(place: Place, ledger: RoomLedger) {
    this.name = place.name;
    this.#place = place;
    this.#ledger = ledger;
    this.#rest = new RestClient(place.url, place.name);
    this.#dial();
  }

  /** What is there, by what it was told. */
  get annotations(): readonly Annotation[] {
    return [...this.#view.values()].filter(({ status }) => status === 'active');
  }

  get lastSeq(): number {
    return this.#lastSeq ?? 0;
  }

  async act(): Promise<void> {}

  cut(): void {
    this.#network.cut();
  }

  goAway(): void {
    this.#network.goAway();
  }

  comeBack(): void {
    this.#network.comeBack();
  }

  get isSettled(): boolean {
    return this.#isConnected && this.#rereads === 0;
  }

  leave(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#rest.end();
    this.#network.cut();
  }

  #dial(): void {
    const { url, roomId, name } = this.#place;
    const query = new URLSearchParams({ document_id: roomId, user_id: name });
    const resumesAfter = this.#lastSeq;
    if (resumesAfter !== undefined) query.set('last_seq', String(resumesAfter));
    const known = this.#ledger.head;
    const socket = new this.#network.WebSocket(`${url.replace(/^http/, 'ws')}/v1/realtime?${query}`);
    socket.on('message', (data) => this.#heard(String(data), resumesAfter, known));
    // A close follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isConnected = false;
      if (!this.#isOver) this.#timer = setTimeout(() => this.#dial(), COME_BACK_MS);
    });
  }

  #heard(text: string, resumesAfter: number | undefined, known: number): void {
    if (this.#isOver) return;
    const message = JSON.parse(text) as RealtimeServerMessage;
    switch (message.type) {
      case 'welcome':
        this.#isConnected = true;
        if (message.seq < known) this.#broken(`found the head at ${message.seq} after ${known} was told`);
        // Otherwise what was missed follows, or `resync`.
        if (resumesAfter === undefined) this.#beginAnew(message.seq);
        return;
      case 'resync':
        this.#beginAnew(message.seq);
        return;
      case 'pong':
      case 'error':
      case 'presence.joined':
      case 'presence.updated':
      case 'presence.left':
        return;
      default:
        if (message.seq === undefined) return;
        this.#happened(message.seq, text);
        for (const annotation of touchedBy(message)) this.#learn(annotation);
    }
  }

  #happened(seq: number, text: string): void {
    if (seq !== (this.#lastSeq ?? 0) + 1) this.#broken(`was told of ${seq} after ${this.#lastSeq}`);
    this.#lastSeq = seq;
    this.#ledger.tells(seq, text, this.name);
  }

  /** Reads all by REST, which may be newer than `seq` by what it is about to hear. */
  #beginAnew(seq: number): void {
    this.#lastSeq = seq;
    this.#ledger.sees(seq);
    this.#rereads += 1;
    this.#rest
      .annotations(this.#place.roomId)
      .then(
        (annotations) => {
          for (const annotation of annotations) this.#learn(annotation);
        },
        (error: unknown) => {
          if (!this.#isOver) this.#broken(`could not read anew: ${error}`);
        },
      )
      .finally(() => {
        this.#rereads -= 1;
      });
  }

  #learn(annotation: Annotation): void {
    this.#ledger.knows(annotation, this.name);
    const known = this.#view.get(annotation.id);
    if (known === undefined || known.version < annotation.version) this.#view.set(annotation.id, annotation);
  }

  #broken(what: string): void {
    this.#ledger.broken(`${this.name} ${what}`);
  }
}

/** What an event says about annotations, each as it is after it. */
function touchedBy(message: RealtimeServerMessage): readonly Annotation[] {
  switch (message.type) {
    case 'annotation.created':
    case 'annotation.updated':
    case 'annotation.deleted':
      return [message.annotation];
    case 'annotations.changed':
    case 'document.reverted':
      return [...message.created, ...message.updated, ...message.deleted] as Annotation[];
    default:
      return [];
  }
}
