/** What a canvas is told and asked, and what it tells: the mailbox side of the contract. */
import type { EntityId, Seq } from './ids.ts';

/** How fast one may paint: `pixelsPerSecond` for long, `burst` at once. */
export interface PaintRate {
  readonly pixelsPerSecond: number;
  readonly burst: number;
}

export interface CanvasRateLimits {
  readonly perUser: PaintRate;
  readonly perAddress: PaintRate;
  readonly connectionsPerAddress: number;
}

/** A canvas without its pixels. */
export interface CanvasInfo {
  readonly id: string;
  readonly name: string;
  /** Stands for the id in addresses; `null` where it has none. */
  readonly slug: string | null;
  readonly width: number;
  readonly height: number;
  /** `#rrggbb`, at most 256; a pixel is an index into it. */
  readonly palette: readonly string[];
  /** Index of the colour of what was never painted, and of what is erased. */
  readonly background: number;
  readonly rateLimits: CanvasRateLimits;
  /** An archived canvas can be looked at. */
  readonly status: 'active' | 'archived';
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: string;
}

/** Pixels, both corners included: `x <= px < x + width`. */
export interface CanvasRegion {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A region in which nobody can paint. */
export interface CanvasLock extends CanvasRegion {
  readonly id: EntityId;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: string;
}

export type AuditAction =
  | 'create'
  | 'update'
  | 'palette'
  | 'limits'
  | 'archive'
  | 'lock'
  | 'unlock'
  | 'rewind';

/** What a moderator did. */
export interface AuditEntry {
  readonly id: EntityId;
  readonly seq: Seq;
  readonly at: string;
  readonly action: AuditAction;
  readonly userId: string;
  readonly name: string;
  readonly reason?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** One pixel and who painted it last; `userId` and what follows are `null` where nobody did. */
export interface PixelInfo {
  readonly color: number;
  readonly userId: string | null;
  readonly name: string | null;
  readonly paintedAt: string | null;
  readonly seq: Seq | null;
}

/** What a moderator's command says about who acts and why. */
interface Moderated {
  /** The moderator's name, for the audit log. */
  readonly name: string;
  readonly reason?: string;
}

/** Commands: what each carries and what it is answered. */
export interface CanvasCommands {
  'canvas.create': {
    carries: Moderated & {
      title: string;
      slug: string | null;
      width: number;
      height: number;
      palette: readonly string[];
      background: number;
      rateLimits: CanvasRateLimits;
    };
    answer: CanvasInfo;
  };
  'canvas.update': {
    carries: Moderated & {
      title?: string;
      palette?: readonly string[];
      rateLimits?: CanvasRateLimits;
      archived?: boolean;
    };
    answer: CanvasInfo;
  };
  /**
   * Applied whole or refused whole: `out_of_bounds`, `bad_color`, `locked`, `read_only` (with `x` and `y` of the first
   * pixel that offends).
   *
   * @param pixels packed, see canvas-pixels.ts; where one comes twice the later one counts
   */
  'canvas.paint': {
    carries: { pixels: Uint8Array; name: string; strokeId?: string };
    answer: PaintReport;
  };
  'canvas.lock': { carries: Moderated & { region: CanvasRegion }; answer: CanvasLock };
  'canvas.unlock': { carries: Moderated & { id: EntityId }; answer: CanvasLock };
  /**
   * Puts pixels back to what they were after event `to`, or, with `userId`, takes back that user's painting since then.
   * `pixels` are what the caller found to be put back as of event `seenUpTo`; those painted since are left alone, and
   * so are those that have the colour already.
   */
  'canvas.rewind': {
    carries: Moderated & {
      to: Seq;
      seenUpTo: Seq;
      pixels: Uint8Array;
      region?: CanvasRegion;
      userId?: string;
    };
    answer: PaintReport;
  };
}

export interface PaintReport {
  /** How many were painted or put back. */
  readonly pixels: number;
}

/** Queries: what each carries and what it is answered. All but `canvas.opening` throw `not_found` where there is none. */
export interface CanvasQueries {
  'canvas.get': { carries: object; answer: CanvasInfo };
  /** A copy of all pixels, row by row, one byte each, after event `seq`. */
  'canvas.bitmap': { carries: object; answer: CanvasBitmap };
  /** What one who comes needs first. `after`: what it has seen. */
  'canvas.opening': { carries: { after?: Seq }; answer: CanvasOpening };
  'canvas.pixel': { carries: { x: number; y: number }; answer: PixelInfo };
  'canvas.locks': { carries: object; answer: readonly CanvasLock[] };
  /** Newest first. */
  'canvas.audit': {
    carries: { action?: AuditAction; userId?: string; page: number; size: number };
    answer: { items: AuditEntry[]; page: number; size: number; total: number };
  };
  'canvas.stats': { carries: object; answer: CanvasStats };
}

export interface CanvasBitmap {
  readonly seq: Seq;
  readonly width: number;
  readonly height: number;
  readonly palette: readonly string[];
  readonly bytes: Uint8Array;
}

export interface CanvasOpening {
  readonly canvas: CanvasInfo;
  readonly locks: readonly CanvasLock[];
  /** Every pixel that changed after `after`, packed; `null` where reading the whole bitmap is cheaper. */
  readonly changed: Uint8Array | null;
}

export interface CanvasStats {
  /** Who ever painted. */
  readonly painters: number;
  /** Pixels that somebody painted, each as often as it was. */
  readonly painted: number;
  /** Pixels that are not as they were made. */
  readonly covered: number;
}

/** What subscribers are told: exactly one per event. */
export type CanvasFact =
  | { readonly type: 'canvas.created'; readonly canvas: CanvasInfo }
  | {
      readonly type: 'canvas.updated';
      readonly canvas: CanvasInfo;
      /** What is not as it was. */
      readonly changed: readonly ('name' | 'palette' | 'rateLimits' | 'status')[];
    }
  /** Packed, each pixel once. */
  | { readonly type: 'painted'; readonly pixels: Uint8Array }
  | { readonly type: 'locked'; readonly lock: CanvasLock }
  | { readonly type: 'unlocked'; readonly lock: CanvasLock; readonly reason?: string }
  | {
      readonly type: 'rewound';
      readonly by: string;
      readonly to: Seq;
      readonly reason?: string;
      readonly region?: CanvasRegion;
      readonly userId?: string;
      /** Packed, each pixel once. */
      readonly pixels: Uint8Array;
    };

type MapOf<T> = {
  [K in keyof T]: T[K] extends { carries: infer C } ? { readonly type: K } & Readonly<C> : never;
};

export type CanvasCommand = MapOf<CanvasCommands>[keyof CanvasCommands];
export type CanvasQuery = MapOf<CanvasQueries>[keyof CanvasQueries];
export type CanvasAnswer = CanvasCommands[keyof CanvasCommands]['answer'];
