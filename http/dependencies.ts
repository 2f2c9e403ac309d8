import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { AnnotationService } from '../actors/annotation-service.ts';
import type { CanvasBitmaps } from '../actors/canvas-bitmaps.ts';
import type { CanvasPictures } from '../actors/canvas-pictures.ts';
import type { CanvasService } from '../actors/canvas-service.ts';
import type { ActorInfo } from '../actors/documents.ts';
import type { Inspection } from '../actors/inspection.ts';
import type { PreviewService } from '../actors/preview-service.ts';
import type { RoomComments } from '../actors/room-comments.ts';
import type { RoomService } from '../actors/room-service.ts';
import type { TextService } from '../actors/text-service.ts';
import type { UploadLimits } from './image-upload.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sessions/sessions.ts';

/** The annotation service as a caller sees it, so that a test can put another in its place. */
export type AnnotationPort = { readonly [Name in keyof AnnotationService]: AnnotationService[Name] };

/** The same of rooms, their comments, and previews. */
export type RoomPort = { readonly [Name in keyof RoomService]: RoomService[Name] };
export type CommentPort = { readonly [Name in keyof RoomComments]: RoomComments[Name] };
export type PreviewPort = { readonly [Name in keyof PreviewService]: PreviewService[Name] };

/** The same of the text service. */
export type TextPort = { readonly [Name in keyof TextService]: TextService[Name] };

/** The same of canvases, what is made of their pixels, and sessions. */
export type CanvasPort = { readonly [Name in keyof CanvasService]: CanvasService[Name] };
export type CanvasBitmapPort = { readonly [Name in keyof CanvasBitmaps]: CanvasBitmaps[Name] };
export type CanvasPicturePort = { readonly [Name in keyof CanvasPictures]: CanvasPictures[Name] };
export type SessionPort = { readonly [Name in keyof Sessions]: Sessions[Name] };

/** Everything that the HTTP door needs; put together in server.ts only. */
export interface AppDependencies {
  readonly annotations: AnnotationPort;
  readonly rooms: RoomPort;
  readonly comments: CommentPort;
  readonly previews: PreviewPort;
  readonly texts: TextPort;
  readonly canvases: CanvasPort;
  readonly canvasBitmaps: CanvasBitmapPort;
  readonly canvasPictures: CanvasPicturePort;
  readonly sessions: SessionPort;
  /** Where a request comes from, proxies of ours left aside. */
  clientAddress(request: IncomingMessage): string;
  readonly documents: { actors(): readonly ActorInfo[] };
  readonly inspection: Pick<Inspection, 'export'>;
  readonly store: { readonly name: string; ping(): Promise<void> };
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Where finished exports lie. */
  readonly exportsDir: string;
  /** What is built of `web/`. Default: what `make run` built. */
  readonly webAppFolder?: string;
  /** Opens `/debug` to whoever has it; absent: to this machine only. */
  readonly debugToken?: string;
  /** `*` stands for all. */
  readonly corsOrigins: readonly string[];
  /** Development and tests: an answer that breaks the contract is a 500. */
  readonly validateResponses: boolean;
  /** Compiles the contract's validators before a request needs them. Default: no. */
  readonly warmUp?: boolean;
  /** Default: `UPLOAD_LIMITS`. */
  readonly uploadLimits?: UploadLimits;
  /** The process is going down: not ready any more. */
  stopping(): boolean;
}
