import type { Inspection } from '../../actors/inspection.ts';
import { type ActorQuery, MAX_ACTOR_ROWS } from '../../actors/inspection-list.ts';
import { parseDocumentId } from '../../protocol/ids.ts';
import type {
  InspectorClientMessage,
  InspectorErrorCode,
  InspectorList,
  InspectorServerMessage,
} from '../../protocol/inspector-socket.ts';
import { Problem } from '../../protocol/problem.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Clock } from './clock.ts';
import type { Connection, ConnectionHandler } from './connection.ts';
import { Hearing } from './hearing.ts';
import { chartOf, encodeInspector, type InspectorOutlet } from './inspector-frames.ts';
import { InspectorListing } from './inspector-listing.ts';
import { InspectorWatching } from './inspector-watching.ts';
import type { MessageParser } from './message-parser.ts';

/** How often it is told of crashes. */
const CRASHES_MS = 1_000;
/** Bytes that wait in the socket before it is told nothing more but that. */
const BEHIND_BYTES = 256 * 1024;

/** What is inspected: `Inspection`. */
export type InspectionPort = Pick<Inspection, 'chart' | 'list' | 'crashes' | 'crashCount' | 'watch'>;

export interface InspectorSessionOptions {
  readonly connection: Pick<Connection, 'deliver' | 'close' | 'waiting'>;
  readonly inspection: InspectionPort;
  readonly parser: MessageParser<InspectorClientMessage>;
  readonly clock: Clock;
  readonly onRejected: (code: ProblemCode) => void;
  readonly onEnded: () => void;
  /** All sessions that want the list: with the last of them its rates are forgotten. */
  readonly lists: Set<InspectorSession>;
}

/** One look at the actors of this process: what is wanted of them, and what is told. */
export class InspectorSession implements ConnectionHandler {
  readonly #options: InspectorSessionOptions;
  readonly #hearing: Hearing<string, InspectorClientMessage>;
  readonly #outlet: InspectorOutlet = {
    tell: (message) => this.#tell(message),
    isBehind: () => this.#isBehind,
  };
  #listing: InspectorListing | undefined;
  #watching: InspectorWatching | undefined;
  #crashCount = -1;
  #stopCrashes: () => void = () => undefined;
  #hasEnded = false;

  constructor(options: InspectorSessionOptions) {
    this.#options = options;
    this.#hearing = new Hearing({
      connection: options.connection,
      parse: (text) => options.parser.parse(text),
      understood: (message) => this.#understood(message),
      misunderstood: (problem) => this.#misunderstood(problem),
    });
  }

  opened(): void {
    const { inspection, clock } = this.#options;
    this.#tell({ type: 'welcome', chart: chartOf(inspection.chart), server_time: Date.now() });
    this.#tellCrashes();
    this.#stopCrashes = clock.every(CRASHES_MS, () => this.#tellCrashes());
  }

  ended(): void {
    this.#hasEnded = true;
    this.#stopCrashes();
    this.#unlist();
    this.#unwatch();
    this.#options.onEnded();
  }

  text(text: string): void {
    this.#hearing.hear(text);
  }

  binary(): void {
    this.#hearing.misunderstood(new Problem('bad_message', 'This door takes text frames only.'));
  }

  rateLimited(): void {
    this.#tellError('rate_limited', 'Too many messages; some were not read.');
  }

  #understood(message: InspectorClientMessage): void {
    switch (message.type) {
      case 'list':
        this.#list(message);
        return;
      case 'unlist':
        this.#unlist();
        return;
      case 'watch':
        this.#watch(message.id);
        return;
      case 'unwatch':
        this.#unwatch();
        return;
      case 'ping':
        this.#tell({ type: 'pong', ...(message.ts === undefined ? {} : { ts: message.ts }) });
        return;
      default:
        unreachable(message);
    }
  }

  #list(wanted: InspectorList): void {
    const { inspection, clock, lists } = this.#options;
    const query: ActorQuery = {
      text: wanted.text ?? '',
      ...(wanted.kind === undefined ? {} : { kind: wanted.kind }),
      sort: wanted.sort ?? 'last_used',
      descending: wanted.descending ?? true,
      offset: wanted.offset ?? 0,
      limit: wanted.limit ?? MAX_ACTOR_ROWS / 2,
    };
    if (this.#listing !== undefined) {
      this.#listing.show(query);
      return;
    }
    lists.add(this);
    this.#listing = new InspectorListing(inspection.list, this.#outlet, clock, query);
  }

  #unlist(): void {
    const { lists, inspection } = this.#options;
    this.#listing?.stop();
    this.#listing = undefined;
    lists.delete(this);
    if (lists.size === 0) inspection.list.forget();
  }

  #watch(text: string): void {
    const id = parseDocumentId(text);
    if (id === undefined) throw new Problem('bad_message', 'id must be the UUIDv4 of a document.');
    this.#unwatch();
    const { inspection, clock } = this.#options;
    this.#watching = new InspectorWatching(inspection.watch(id), this.#outlet, clock);
    this.#watching.read();
  }

  #unwatch(): void {
    this.#watching?.stop();
    this.#watching = undefined;
  }

  #tellCrashes(): void {
    const { crashes, crashCount } = this.#options.inspection;
    if (crashCount === this.#crashCount || this.#isBehind) return;
    this.#crashCount = crashCount;
    this.#tell({ type: 'crashes', total: crashCount, crashes: crashes.map((crash) => ({ ...crash })) });
  }

  #misunderstood({ code, message }: Problem): void {
    this.#tellError(code === 'bad_json' || code === 'overloaded' ? code : 'bad_message', message);
  }

  #tellError(code: InspectorErrorCode, message: string): void {
    this.#options.onRejected(code);
    this.#tell({ type: 'error', code, message });
  }

  #tell(message: InspectorServerMessage): void {
    if (!this.#hasEnded) this.#options.connection.deliver(encodeInspector(message), false);
  }

  get #isBehind(): boolean {
    return this.#options.connection.waiting > BEHIND_BYTES;
  }
}
