import type {
  ExportOutcome,
  ExportParameters,
  ImageBlob,
  ImageRef,
} from '../../protocol/annotation-messages.ts';
import type { EntityId, Seq } from '../../protocol/ids.ts';
import type { PageSize } from './document-fields.ts';

/** What happened to an annotation document; who, when and its `seq` are the log's to say. */
export type AnnotationEvent =
  | {
      readonly type: 'document.created';
      readonly name: string;
      readonly image: ImageRef | null;
      /** Of the page, where there is no image; pixels. */
      readonly size?: PageSize;
    }
  | { readonly type: 'document.updated'; readonly name?: string; readonly image?: ImageRef | null }
  | { readonly type: 'document.deleted' }
  | { readonly type: 'document.imageKept'; readonly copy: ImageBlob }
  | {
      readonly type: 'document.reverted';
      readonly version_id: EntityId;
      readonly name: string;
      readonly image: ImageRef | null;
      /** Yjs v1. */
      readonly update: Uint8Array;
    }
  | {
      readonly type: 'annotations.edited';
      /** Yjs v1. */
      readonly update: Uint8Array;
      /** The annotation that a command was about; absent for edits of a Yjs client. */
      readonly subject?: EntityId;
    }
  | {
      readonly type: 'version.created';
      readonly id: EntityId;
      /** The last event that it captures. */
      readonly seq: Seq;
      readonly change_summary: string;
      readonly tag?: string;
    }
  | {
      readonly type: 'export.queued';
      readonly id: EntityId;
      /** The state that is rendered. */
      readonly seq: Seq;
      readonly parameters: ExportParameters;
    }
  | { readonly type: 'export.finished'; readonly id: EntityId; readonly outcome: ExportOutcome };
