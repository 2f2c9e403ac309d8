/** What a text document is told and asked, and what it tells: the mailbox side of the contract. */
import type { TextCrdt, TextDocument } from './entities.ts';
import type { Seq } from './ids.ts';

/** Commands: what each carries and what it is answered. */
export interface TextCommands {
  'document.create': {
    carries: { title: string; owner_id: string | null; crdt: TextCrdt };
    answer: TextDocument;
  };
  /** `deleted: false` restores; any other change of a deleted document is `not_found`. */
  'document.update': { carries: { title?: string; deleted?: boolean }; answer: TextDocument };
  /** As `deleted: true`, but another operation: their retries are not mistaken for each other. */
  'document.delete': { carries: object; answer: TextDocument };
  /** A change that a client made. `baseVersion`: the last event it had seen; kept for diagnostics only. */
  update: { carries: { actorId: string; delta: Uint8Array; baseVersion?: Seq }; answer: null };
  /** A client's whole state after event `version`. Ignored where the server compacts by itself. */
  snapshot: { carries: TextSnapshot; answer: SnapshotReport };
  /** The same, merged by the server. */
  compact: { carries: TextSnapshot; answer: SnapshotReport };
}

/** The state after event `version`, as its CRDT writes it. */
export interface TextSnapshot {
  /** 0 where there is none yet: every event is in the tail. */
  readonly version: Seq;
  readonly bytes: Uint8Array;
}

export interface SnapshotReport {
  /** `false`: one that is as new is kept already, or the server makes its own; nothing changed. */
  readonly stored: boolean;
}

/** Queries: what each carries and what it is answered. */
export interface TextQueries {
  /** Throws `not_found`. */
  'document.get': { carries: { include_deleted?: boolean }; answer: TextDocument };
  /** What one who comes needs first. Never throws. */
  opening: { carries: object; answer: TextOpening };
}

/** The latest snapshot and everything after it. */
export interface TextOpening {
  readonly snapshot: TextSnapshot;
  /** The facts of the events `snapshot.version + 1`, `+ 2`, ... without a gap; some may not be durable yet. */
  readonly tail: readonly TextFact[];
}

/** What subscribers are told: exactly one per event. */
export type TextFact =
  | {
      readonly type: 'document.created' | 'document.updated' | 'document.deleted' | 'document.restored';
      readonly document: TextDocument;
    }
  | TextUpdateFact
  /** The state after `version` is kept; what led to it may be forgotten. */
  | { readonly type: 'snapshot'; readonly version: Seq };

export interface TextUpdateFact {
  readonly type: 'update';
  readonly actorId: string;
  readonly delta: Uint8Array;
  /** It is time for a snapshot, and whoever made this update has the state for it. */
  readonly snapshotDue: boolean;
}

/** The tail of a Yjs document is long enough to be merged into its snapshot. */
export interface CompactEffect {
  readonly type: 'compact';
}

type MapOf<T> = {
  [K in keyof T]: T[K] extends { carries: infer C } ? { readonly type: K } & Readonly<C> : never;
};

export type TextCommand = MapOf<TextCommands>[keyof TextCommands];
export type TextQuery = MapOf<TextQueries>[keyof TextQueries];
export type TextAnswer = TextCommands[keyof TextCommands]['answer'];
