import type { ByteRange } from './byte-pack.ts';

/** Rows travel between the threads as tuples: their field names would be most of what is copied. */
export type EventTuple = readonly [
  seq: number,
  at: number,
  by: string,
  operationId: string | null,
  operationType: string | null,
  version: number,
  bytes: ByteRange,
];
export type SnapshotTuple = readonly [seq: number, at: number, pinned: boolean, bytes: ByteRange];
export type RowTuple = readonly [
  id: string,
  kind: string,
  title: string,
  createdAt: number,
  updatedAt: number,
  deleted: boolean,
  /** JSON. */
  wire: string,
];
export type EntityTuple = readonly [
  id: string,
  type: string,
  documentId: string,
  createdAt: number,
  deleted: boolean,
  open: boolean,
];
export type HeadTuple = readonly [id: string, head: number, snapshotSeq: number];

/** Work for the writer: each is done whole or not at all. */
export type WriteOperation =
  | { readonly type: 'claim'; readonly id: string; readonly owner: string }
  | {
      readonly type: 'append';
      readonly id: string;
      readonly epoch: number;
      readonly events: readonly EventTuple[];
      readonly row: RowTuple | undefined;
      readonly entities: readonly EntityTuple[];
      readonly pins: readonly SnapshotTuple[];
    }
  | {
      readonly type: 'putSnapshot';
      readonly id: string;
      readonly epoch: number;
      /** Its bytes follow those of its parts. */
      readonly snapshot: SnapshotTuple;
      /** How many there are: each was put before. */
      readonly parts: number;
    }
  | {
      readonly type: 'putSnapshotPart';
      readonly id: string;
      readonly epoch: number;
      readonly seq: number;
      /** From 0. */
      readonly part: number;
      readonly bytes: ByteRange;
    }
  | {
      readonly type: 'prune';
      readonly id: string;
      readonly epoch: number;
      readonly keepSnapshots: number;
      readonly needed: readonly number[];
    }
  | { readonly type: 'thin'; readonly id: string; readonly epoch: number; readonly keepSnapshots: number }
  | {
      readonly type: 'putBlobPart';
      readonly hash: string;
      /** Of the whole blob. */
      readonly size: number;
      readonly at: number;
      /** From 0. */
      readonly part: number;
      readonly last: boolean;
      readonly bytes: ByteRange;
    }
  /** What a crash left of blobs and snapshots. */
  | { readonly type: 'dropUnfinished' }
  | {
      readonly type: 'putSetting';
      readonly key: string;
      readonly value: string;
      /** What is there already stays. */
      readonly keep: boolean;
    }
  | { readonly type: 'ping' };

/** Work for the reader. */
export type ReadOperation =
  | {
      readonly type: 'read';
      readonly id: string;
      readonly afterSeq: number;
      readonly chunkBytes: number;
      readonly chunkEvents: number;
    }
  | { readonly type: 'firstSeq'; readonly id: string }
  | { readonly type: 'heads'; readonly ids: readonly string[] }
  | { readonly type: 'getSnapshot'; readonly id: string; readonly atOrBefore: number }
  | { readonly type: 'find'; readonly id: string }
  | {
      readonly type: 'list';
      readonly kind: string;
      readonly page: number;
      readonly size: number;
      readonly includeDeleted: boolean;
      /** Lower case. */
      readonly titlePart: string | undefined;
    }
  | { readonly type: 'locate'; readonly id: string }
  | {
      readonly type: 'entities';
      readonly entityType: string;
      readonly page: number;
      readonly size: number;
      readonly includeDeleted: boolean;
    }
  | { readonly type: 'withOpenWork' }
  | { readonly type: 'hasBlob'; readonly hash: string }
  | { readonly type: 'getBlob'; readonly hash: string }
  | { readonly type: 'getSetting'; readonly key: string };

/** What each operation answers. */
export interface Answers {
  claim: { readonly epoch: number; readonly head: number };
  append: null;
  putSnapshot: null;
  putSnapshotPart: null;
  /** `more`: not all is dropped yet, ask again. */
  prune: { readonly more: boolean };
  thin: null;
  putBlobPart: null;
  dropUnfinished: null;
  /** What is kept now. */
  putSetting: string;
  ping: null;
  /** `more`: there were further events when these were read. */
  read: { readonly events: readonly EventTuple[]; readonly more: boolean };
  firstSeq: number;
  heads: readonly HeadTuple[];
  getSnapshot: SnapshotTuple | null;
  find: RowTuple | null;
  list: { readonly rows: readonly RowTuple[]; readonly total: number };
  locate: EntityTuple | null;
  entities: { readonly rows: readonly EntityTuple[]; readonly total: number };
  withOpenWork: readonly string[];
  hasBlob: boolean;
  getBlob: ByteRange | null;
  getSetting: string | null;
}

export type Operation = WriteOperation | ReadOperation;
export type AnswerTo<O extends Operation> = Answers[O['type']];
export type Answer = Answers[Operation['type']];

/** An error on its way between threads, where classes do not survive. */
export interface Failure {
  readonly kind: 'fenced' | 'seq-conflict' | 'other';
  readonly message: string;
  /** SQLite's, where it has one. */
  readonly code: string;
}

/** One operation, and how many bytes it carries. */
export interface Call<O extends Operation = Operation> {
  readonly id: number;
  readonly operation: O;
  readonly size: number;
}

export type ToThread<O extends Operation = Operation> =
  | { readonly type: 'calls'; readonly calls: readonly Call<O>[]; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Do what is queued, make the file tidy, let it go; then `closed`. */
  | { readonly type: 'close' };

export type Outcome =
  | { readonly id: number; readonly failure: Failure }
  | { readonly id: number; readonly answer: Answer };

export type FromThread =
  | { readonly type: 'ready' }
  /** The database cannot be used; the message is for people. */
  | { readonly type: 'refused'; readonly message: string }
  | {
      readonly type: 'outcomes';
      readonly outcomes: readonly Outcome[];
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** From the checker: what it found, and how long it took. */
  | {
      readonly type: 'checked';
      readonly check: 'integrity_check' | 'quick_check';
      readonly problems: readonly string[];
      readonly ms: number;
    }
  /** The thread's connection is of no more use; what was not answered has an unknown outcome. */
  | { readonly type: 'lost'; readonly message: string }
  | { readonly type: 'closed' };
