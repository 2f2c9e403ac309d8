/** What an annotation document is told and asked, and what it tells: the mailbox side of the contract. */
import type { Annotation, AnnotationType, Document, ExportJob, Page, Version } from './entities.ts';
import type { EntityId, Seq } from './ids.ts';

/** The picture under the annotations. */
export type ImageRef =
  | {
      readonly kind: 'url';
      /** Public http(s) address. */
      readonly url: string;
      /** The copy that the server fetched first and keeps, so that exports of one state stay equal. */
      readonly copy?: ImageBlob;
    }
  | {
      readonly kind: 'blob';
      readonly blob: ImageBlob;
      /** A short `data:` URL is answered as it was given. */
      readonly inline?: string;
    };

/** An image in the blob store; width and height are of the upright picture, in pixels. */
export interface ImageBlob {
  /** Hex SHA-256. */
  readonly hash: string;
  readonly mime: 'image/png' | 'image/jpeg';
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
}

/** What a caller may say about a new annotation; checked by the document. */
export interface AnnotationInput {
  readonly type: AnnotationType;
  readonly geometry?: Readonly<Record<string, unknown>>;
  readonly style?: Readonly<Record<string, unknown>>;
  readonly content?: string;
  readonly parent_id?: string | null;
  readonly group_id?: string | null;
  readonly resolved?: boolean;
}

/** `style` merges key by key (`null` removes a key), everything else replaces. */
export type AnnotationChange = Partial<AnnotationInput>;

/** Everything that a version brings back. */
export interface AnnotationContent {
  readonly document: Document;
  readonly image: ImageRef | null;
  /** The active ones, by creation. */
  readonly annotations: readonly Annotation[];
}

export interface ExportParameters {
  readonly format: 'png' | 'jpg';
  readonly scale: number;
  readonly background: 'white' | 'transparent';
  readonly include_comments: boolean;
  readonly dpi?: number;
}

/** What the renderer needs of a state; immutable, taken at the moment of the request. */
export interface ExportScene {
  readonly image: ImageRef | null;
  /** Page size where there is no image. */
  readonly width: number;
  readonly height: number;
  /** Active annotations in order of creation. */
  readonly annotations: readonly Annotation[];
}

export type ExportOutcome =
  | { readonly status: 'completed'; readonly mime: 'image/png' | 'image/jpeg'; readonly size: number }
  | { readonly status: 'failed'; readonly error: { readonly code: string; readonly message: string } };

/** Commands: what each carries and what it is answered. `version` makes it conditional (409 where stale). */
export interface AnnotationCommands {
  /** `size`: of the page, where there is no image. */
  'document.create': {
    carries: { name: string; image: ImageRef | null; size?: { width: number; height: number } };
    answer: Document;
  };
  'document.update': {
    carries: { name?: string; image?: ImageRef | null; version?: number };
    answer: Document;
  };
  'document.delete': { carries: { version?: number }; answer: Document };
  /** The server keeps a copy of an image that it fetched. Ignored where the document has another image by now. */
  'document.keepImage': { carries: { url: string; copy: ImageBlob }; answer: Document };
  /** One event; deletes what the content does not have, gives back what it has. */
  'document.revert': {
    carries: { version_id: EntityId; content: AnnotationContent; version?: number };
    answer: Document;
  };
  'annotation.create': { carries: { annotation: AnnotationInput }; answer: Annotation };
  'annotation.update': {
    carries: { id: EntityId; change: AnnotationChange; version?: number };
    answer: Annotation;
  };
  'annotation.delete': { carries: { id: EntityId; version?: number }; answer: Annotation };
  /** A Yjs v1 update of a room client. */
  'annotations.merge': { carries: { update: Uint8Array }; answer: MergeReport };
  /** `past`: an earlier state that is named, with the kind's snapshot of it; absent: this moment. */
  'version.create': {
    carries: { change_summary: string; tag?: string; past?: { seq: Seq; state: Uint8Array } };
    answer: Version;
  };
  /** `at`: what is rendered; absent: this moment. */
  'export.request': { carries: { parameters: ExportParameters; at?: Seq }; answer: ExportJob };
  'export.finish': { carries: { id: EntityId; outcome: ExportOutcome }; answer: ExportJob };
}

/** What became of a merged update: entries that do not validate are quarantined, not refused. */
export interface MergeReport {
  readonly quarantined: readonly { readonly id: string; readonly path: string; readonly message: string }[];
}

/** Both in the encodings of Yjs v1. */
export interface CrdtState {
  readonly update: Uint8Array;
  readonly stateVector: Uint8Array;
}

/** Queries: what each carries and what it is answered. Those by id throw `not_found`. */
export interface AnnotationQueries {
  'document.get': { carries: { include_deleted?: boolean }; answer: Document };
  'document.image': { carries: object; answer: ImageRef | null };
  'annotation.get': { carries: { id: EntityId; include_deleted?: boolean }; answer: Annotation };
  'annotation.list': {
    carries: { page: number; size: number; include_deleted?: boolean };
    answer: Page<Annotation>;
  };
  'version.get': { carries: { id: EntityId }; answer: Version };
  'version.byTag': { carries: { tag: string }; answer: Version };
  'version.list': { carries: { page: number; size: number }; answer: Page<Version> };
  'export.get': { carries: { id: EntityId }; answer: ExportJob };
  'export.list': { carries: { page: number; size: number }; answer: Page<ExportJob> };
  /** What a version of this state would bring back. */
  content: { carries: object; answer: AnnotationContent };
  /** The Y.Doc for a client that has nothing yet. */
  'crdt.state': { carries: object; answer: CrdtState };
  /** What a client needs to know which of its own changes are not here. */
  'crdt.vector': { carries: object; answer: Pick<CrdtState, 'stateVector'> };
  /** What a client lacks that has this state vector. Throws `bad_message` where the bytes are none. */
  'crdt.difference': { carries: { stateVector: Uint8Array }; answer: CrdtState };
  /** What an export of this state would draw. */
  scene: { carries: object; answer: ExportScene };
}

/** A fact about annotations carries the Yjs update that made it, for the doors that speak Yjs. */
interface CrdtFact {
  readonly update: Uint8Array;
}

/** What subscribers are told: exactly one per event. */
export type AnnotationFact =
  | { readonly type: 'document.created'; readonly document: Document }
  | { readonly type: 'document.updated'; readonly document: Document }
  | { readonly type: 'document.deleted'; readonly document: Document }
  | (CrdtFact & {
      readonly type: 'document.reverted';
      readonly document: Document;
      readonly version: Version;
      readonly created: readonly Annotation[];
      readonly updated: readonly Annotation[];
      readonly deleted: readonly Annotation[];
    })
  | (CrdtFact & {
      readonly type: 'annotation.created' | 'annotation.updated' | 'annotation.deleted';
      readonly annotation: Annotation;
    })
  | (CrdtFact & {
      readonly type: 'annotations.changed';
      readonly created: readonly Annotation[];
      readonly updated: readonly Annotation[];
      readonly deleted: readonly Annotation[];
    })
  | { readonly type: 'version.created'; readonly version: Version }
  | { readonly type: 'export.updated'; readonly job: ExportJob };

type MapOf<T> = {
  [K in keyof T]: T[K] extends { carries: infer C } ? { readonly type: K } & Readonly<C> : never;
};

export type AnnotationCommand = MapOf<AnnotationCommands>[keyof AnnotationCommands];
export type AnnotationQuery = MapOf<AnnotationQueries>[keyof AnnotationQueries];
/** The answer that a map of messages declares for one of its types. */
export type AnswerIn<Map, Type extends keyof Map> = Map[Type] extends { answer: infer A } ? A : never;
export type AnnotationAnswer = AnswerIn<AnnotationCommands, keyof AnnotationCommands>;
