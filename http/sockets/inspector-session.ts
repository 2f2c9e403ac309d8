import type { Inspection, Watch } from '../../actors/inspection.ts';
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
import { CLOSE_POLICY, type Connection, type ConnectionHandler } from './connection.ts';
import { actorOf, chartOf, encodeInspector, recordOf, rowOf } from './inspector-frames.ts';
import type { MessageParser } from './message-parser.ts';

const LIST_MS = 1_000;
/** Ten times a second looks live. */
const WATCH_MS = 100;
/** Figures of the watched actor are told this often at most, its state at once: in readings. */
const READINGS_PER_VIEW = 5;
/** Records of one frame; what is more is counted. */
const RECORDS_PER_FRAME = 200;
/** Bytes that wait in the socket before it is told nothing more but that. */
const BEHIND_BYTES = 256 * 1024;
const MAX_ERRORS_IN_ROW = 20;

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

interface Listing {
  query: ActorQuery;
  order: string;
  /** The rows that the other side has, as JSON by id. */
  rows: ReadonlyMap<string, string>;
  readonly stop: () => void;
}

interface Watching {
  readonly watch: Watch;
  readonly stop: () => void;
  readings: number;
  view: string;
  state: string | undefined;
  skipped: number;
  dropped: number;
  toldDropped: number;
}

/** One look at the actors of this process: what is wanted of them, and what is told. */
export class InspectorSession implements ConnectionHandler {
  readonly #options: InspectorSessionOptions;
  #listing: Listing | undefined;
  #watching: Watching | undefined;
  #crashCount = -1;
  #stopCrashes: () => void = () => undefined;
  #errorsInRow = 0;
  #hasEnded = false;

  constructor(options: InspectorSessionOptions) {
    this.#options = options;
  }

  opened(): void {
    const { inspection, clock } = this.#options;
    this.#tell({ type: 'welcome', chart: chartOf(inspection.chart), server_time: Date.now() });
    this.#tellCrashes();
    this.#stopCrashes = clock.every(LIST_MS, () => this.#tellCrashes());
  }

  ended(): void {
    this.#hasEnded = true;
    this.#stopCrashes();
    this.#unlist();
    this.#unwatch();
    this.#options.onEnded();
  }

  text(text: string): void {
    try {
      this.#understood(this.#options.parser.parse(text));
      this.#errorsInRow = 0;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { code } = error;
      this.#refuse(code === 'bad_json' || code === 'overloaded' ? code : 'bad_message', error.message);
    }
  }

  binary(): void {
    this.#refuse('bad_message', 'This door takes text frames only.');
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
    const query: ActorQuery = {
      text: wanted.text ?? '',
      ...(wanted.kind === undefined ? {} : { kind: wanted.kind }),
      sort: wanted.sort ?? 'last_used',
      descending: wanted.descending ?? true,
      offset: wanted.offset ?? 0,
      limit: wanted.limit ?? MAX_ACTOR_ROWS / 2,
    };
    const { clock, lists } = this.#options;
    if (this.#listing === undefined) {
      const stop = clock.every(LIST_MS, () => void this.#look());
      this.#listing = { query, order: '', rows: new Map(), stop };
      lists.add(this);
      void this.#look();
      return;
    }
    // What is known already need not be looked for: the answer to another order is there at once.
    this.#listing.query = query;
    this.#tellList();
  }

  async #look(): Promise<void> {
    // Never rejects: it reads what is in memory.
    await this.#options.inspection.list.look();
    this.#tellList();
  }

  #tellList(): void {
    const listing = this.#listing;
    if (listing === undefined || this.#isBehind) return;
    const { query } = listing;
    const page = this.#options.inspection.list.page(query);
    const rows = page.rows.map(rowOf);
    const known = listing.rows;
    const now = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
    const order = rows.map(({ id }) => id);
    const orderText = `${query.offset} ${order.join(' ')}`;
    const { total, matching, rate, kinds, states } = page;
    this.#tell({
      type: 'actors',
      total,
      matching,
      offset: query.offset,
      rate: Math.round(rate * 10) / 10,
      kinds,
      states,
      ...(orderText === listing.order ? {} : { order }),
      rows: rows.filter(({ id }) => known.get(id) !== now.get(id)),
    });
    listing.order = orderText;
    listing.rows = now;
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
    const watch = inspection.watch(id);
    const stop = clock.every(WATCH_MS, () => this.#read());
    this.#watching = {
      watch,
      stop,
      readings: 0,
      view: '',
      state: undefined,
      skipped: 0,
      dropped: 0,
      toldDropped: 0,
    };
    this.#read();
  }

  #read(): void {
    const watching = this.#watching;
    if (watching === undefined) return;
    const { watch } = watching;
    const { records, skipped } = watch.read(RECORDS_PER_FRAME);
    if (this.#isBehind) {
      watching.dropped += records.length;
      return;
    }
    const { dropped } = watching;
    const isNews = records.length > 0 || skipped !== watching.skipped || dropped !== watching.toldDropped;
    const state = watch.state();
    if (state !== watching.state || watching.readings % READINGS_PER_VIEW === 0) this.#tellView(watching);
    watching.readings += 1;
    watching.state = state;
    if (!isNews) return;
    watching.skipped = skipped;
    watching.toldDropped = dropped;
    this.#tell({ type: 'records', id: watch.id, records: records.map(recordOf), skipped, dropped });
  }

  #tellView(watching: Watching): void {
    const actor = actorOf(watching.watch.view());
    const view = JSON.stringify(actor);
    if (view === watching.view) return;
    watching.view = view;
    this.#tell(actor);
  }

  #unwatch(): void {
    this.#watching?.stop();
    this.#watching?.watch.close();
    this.#watching = undefined;
  }

  #tellCrashes(): void {
    const { crashes, crashCount } = this.#options.inspection;
    if (crashCount === this.#crashCount || this.#isBehind) return;
    this.#crashCount = crashCount;
    this.#tell({ type: 'crashes', total: crashCount, crashes: crashes.map((crash) => ({ ...crash })) });
  }

  #refuse(code: InspectorErrorCode, message: string): void {
    this.#tellError(code, message);
    this.#errorsInRow += 1;
    if (this.#errorsInRow >= MAX_ERRORS_IN_ROW) {
      this.#options.connection.close(CLOSE_POLICY, 'too many bad messages');
    }
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
