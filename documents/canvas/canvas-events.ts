import type { CanvasRateLimits, CanvasRegion } from '../../protocol/canvas-messages.ts';
import type { EntityId, Seq } from '../../protocol/ids.ts';

/** Who moderated and why; `auditId` is that of the line in the audit log. */
export interface Moderation {
  readonly auditId: EntityId;
  readonly name: string;
  readonly reason?: string;
}

/** What happened to a canvas, as its log keeps it. Pixels are packed, by index, each once. */
export type CanvasEvent =
  | (Moderation & {
      readonly type: 'canvas.created';
      readonly title: string;
      readonly slug: string | null;
      readonly width: number;
      readonly height: number;
      readonly palette: readonly string[];
      readonly background: number;
      readonly rateLimits: CanvasRateLimits;
    })
  /** What is absent stays as it was. */
  | (Moderation & {
      readonly type: 'canvas.updated';
      readonly title?: string;
      readonly palette?: readonly string[];
      readonly rateLimits?: CanvasRateLimits;
      readonly archived?: boolean;
    })
  | {
      readonly type: 'painted';
      readonly pixels: Uint8Array;
      /** Only where the painter is new or has another name than before. */
      readonly name?: string;
      readonly strokeId?: string;
    }
  | (Moderation & { readonly type: 'locked'; readonly id: EntityId; readonly region: CanvasRegion })
  | (Moderation & { readonly type: 'unlocked'; readonly id: EntityId })
  | (Moderation & {
      readonly type: 'rewound';
      readonly to: Seq;
      readonly pixels: Uint8Array;
      readonly region?: CanvasRegion;
      readonly userId?: string;
    });
