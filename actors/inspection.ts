import type { DocumentId, Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { Crash } from './crash-history.ts';
import type { Documents, LiveActor } from './documents.ts';
import { type Chart, readChart } from './inspection-chart.ts';
import { ActorTable } from './inspection-list.ts';
import { type InspectionReading, Tap } from './inspection-tap.ts';
import { toXStateEvents, type XStateInspectionEvent } from './inspection-xstate.ts';
import type { Visitor } from './publisher.ts';

/** Documents that are watched at the same time: bounds what watching may cost the process. */
const MAX_WATCHED = 32;
/** People of a document that are shown. */
const MAX_VISITORS = 100;

/** A watched document as it is now. */
export interface ActorView {
  readonly id: DocumentId;
  /** Absent: it is not in memory. */
  readonly actor?: LiveActor & {
    /** The last durable event. */
    readonly committed: Seq;
    readonly snapshotSeq: Seq;
    readonly isDeleted: boolean;
    /** XState's id of this incarnation. */
    readonly session: string;
    /** The first of its subscribers. */
    readonly visitors: readonly Visitor[];
  };
  /** Messages that it took since it is watched. */
  readonly messages: number;
}

/** Somebody's look at one document. */
export interface Watch {
  readonly id: DocumentId;
  /** What happened since the last reading, the newest `limit` records of it. */
  read(limit: number): Omit<InspectionReading, 'change'>;
  /** The state of its chart; `undefined`: it is not in memory. */
  state(): string | undefined;
  view(): ActorView;
  /** Watches no more. With the last watcher what was recorded is forgotten. */
  close(): void;
}

type Inspected = Pick<
  Documents,
  'liveActors' | 'liveActor' | 'liveDocument' | 'sessionsOf' | 'inspect' | 'crashes'
>;

interface Watched {
  readonly tap: Tap;
  watchers: number;
}

/** A clock as fine as the machine has one, in ms since 1970. */
const fineClock = (): number => performance.timeOrigin + performance.now();

/**
 * Shows what document actors do, to those who watch. Nothing is recorded of a document that nobody watches, and the
 * documents never wait for, or call, a watcher.
 */
export class Inspection {
  readonly chart: Chart = readChart();
  readonly list: ActorTable;
  readonly #documents: Inspected;
  readonly #now: () => number;
  readonly #watched = new Map<DocumentId, Watched>();

  /** @param now ms since 1970, with fractions */
  constructor(documents: Inspected, now: () => number = fineClock) {
    this.#documents = documents;
    this.#now = now;
    this.list = new ActorTable(() => documents.liveActors(), now);
  }

  /** The latest crashes of all documents, the newest first. */
  get crashes(): readonly Crash[] {
    return this.#documents.crashes.latest;
  }

  /** Crashes since the process began. */
  get crashCount(): number {
    return this.#documents.crashes.total;
  }

  /**
   * Watches a document, in memory or not, through all its incarnations.
   * @throws Problem `overloaded` where too many are watched
   */
  watch(id: DocumentId): Watch {
    const watched = this.#watched.get(id) ?? this.#begin(id);
    watched.watchers += 1;
    const { tap } = watched;
    const documents = this.#documents;
    let change = 0;
    let isOpen = true;
    return {
      id,
      read: (limit) => {
        const { change: last, ...reading } = tap.read(change, limit);
        change = last;
        return reading;
      },
      state: () => documents.liveActor(id)?.state,
      view: () => this.#view(id, tap),
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        watched.watchers -= 1;
        if (watched.watchers > 0) return;
        this.#watched.delete(id);
        documents.inspect(id, undefined);
      },
    };
  }

  /**
   * What is remembered of one actor, for Stately's tools: where nobody watches it, only that it is there.
   * @throws Problem `not_found` where it is neither in memory nor watched
   */
  export(id: DocumentId): XStateInspectionEvent[] {
    const live = this.#documents.liveActor(id);
    const watched = this.#watched.get(id);
    if (live === undefined && watched === undefined) throw Problem.notFound('actor in memory', id);
    const { root, actor } = this.#documents.sessionsOf(id);
    return toXStateEvents({
      id,
      root,
      session: actor,
      state: live?.state ?? 'stopped',
      records: watched?.tap.records ?? [],
    });
  }

  #begin(id: DocumentId): Watched {
    if (this.#watched.size >= MAX_WATCHED) {
      throw new Problem('overloaded', `No more than ${MAX_WATCHED} actors can be watched at the same time.`);
    }
    const watched = { tap: new Tap(id, this.#now), watchers: 0 };
    this.#watched.set(id, watched);
    this.#documents.inspect(id, watched.tap);
    return watched;
  }

  #view(id: DocumentId, { messages }: Tap): ActorView {
    const live = this.#documents.liveActor(id);
    const document = this.#documents.liveDocument(id);
    if (live === undefined || document === undefined) return { id, messages };
    const { committed, snapshotSeq, isDeleted, audience } = document;
    return {
      id,
      messages,
      actor: {
        ...live,
        committed,
        snapshotSeq,
        isDeleted,
        session: this.#documents.sessionsOf(id).actor ?? '',
        visitors: audience.publisher?.visitors(MAX_VISITORS) ?? [],
      },
    };
  }
}
