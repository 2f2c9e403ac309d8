import type { TextCrdt } from '../../protocol/entities.ts';
import type { Seq } from '../../protocol/ids.ts';

/** What happened to a text document, as its log keeps it. */
export type TextEvent =
  | {
      readonly type: 'document.created';
      readonly title: string;
      readonly owner_id: string | null;
      readonly crdt: TextCrdt;
    }
  /** `deleted` is absent where it stays as it was. */
  | { readonly type: 'document.updated'; readonly title?: string; readonly deleted?: boolean }
  | {
      readonly type: 'update';
      readonly actorId: string;
      readonly delta: Uint8Array;
      readonly baseVersion?: Seq;
    }
  /** `version` is below the event's own `seq` and above that of the snapshot before. */
  | { readonly type: 'snapshot'; readonly version: Seq; readonly bytes: Uint8Array };
