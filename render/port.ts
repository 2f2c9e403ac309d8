/**
 * The render port: what the runtime asks of a renderer. Pure data, so that it crosses a worker boundary
 * (structured clone) and stays the same whatever draws behind it.
 */

/** A point `[x, y]`, or `[x, y, pressure]` on a freehand line; pixels of the base image, y down. */
export type ScenePoint = readonly number[];

/** Where an annotation is; which fields are there depends on its type (contract chapter 3). */
export interface SceneGeometry {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  /** Degrees, clockwise, about the centre. */
  readonly rotation?: number;
  readonly points?: readonly ScenePoint[];
}

/** One annotation as the renderer sees it; validated before it gets here. */
export interface SceneAnnotation {
  readonly id: string;
  readonly type: 'text' | 'box' | 'ellipse' | 'arrow' | 'line' | 'polygon' | 'freehand' | 'comment';
  readonly geometry: SceneGeometry;
  /** Known keys are type-checked; unknown ones may be present and mean nothing. */
  readonly style: Readonly<Record<string, unknown>>;
  readonly content: string;
  readonly parent_id: string | null;
  readonly resolved?: boolean;
  readonly created_by?: string;
}

/** What to draw: a page and the annotations on it, in order of creation. */
export interface Scene {
  /** Size of the page in pixels where there is no base image. */
  readonly width: number;
  readonly height: number;
  readonly annotations: readonly SceneAnnotation[];
}

export type ImageFormat = 'png' | 'jpg';

export interface RenderRequest {
  readonly scene: Scene;
  /** The encoded base image (PNG or JPEG), as it was uploaded or fetched. */
  readonly image?: Uint8Array;
  readonly format: ImageFormat;
  /** 0.1..4; an output side is `max(1, round(side * scale))`. */
  readonly scale: number;
  /** What lies under the base image. `transparent` goes with png only. */
  readonly background: 'white' | 'transparent';
  readonly includeComments: boolean;
  /** Written into the file as its density. */
  readonly dpi?: number;
  /**
   * Packs a PNG by our own means instead of those that Node brings: slower, and the same bytes under every release of
   * Node. Default false.
   */
  readonly portable?: boolean;
}

/** Milliseconds of each stage, for benchmarks and logs. */
export interface RenderTimings {
  readonly decode: number;
  readonly draw: number;
  readonly encode: number;
}

export interface RenderResult {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Size of the upright base image (after EXIF orientation), where there is one. */
  readonly image?: { readonly width: number; readonly height: number };
  readonly timings: RenderTimings;
}

export interface RenderOptions {
  /** Aborting ends the job at once (its worker is replaced if it is busy with it). */
  readonly signal?: AbortSignal;
  /** 0..1, after each stage. */
  readonly onProgress?: (progress: number) => void;
}

/** A picture of pixels that are indices into a palette. */
export interface PaletteRequest {
  readonly width: number;
  readonly height: number;
  /** Row by row, one byte each. */
  readonly colors: Uint8Array;
  /** `#rrggbb`, at most 256. */
  readonly palette: readonly string[];
  readonly format: ImageFormat;
  /** A whole number from 1, or below 1. */
  readonly scale: number;
}

/** Makes pictures of such pixels, as `Renderer` does of scenes. */
export interface PaletteRenderer {
  renderPalette(request: PaletteRequest, options?: RenderOptions): Promise<RenderResult>;
}

/**
 * Draws scenes off the event loop. Rejects with a `Problem` (`image_*`, `render_*`, `overloaded`, `unavailable` once it
 * is closed), or with the signal's reason where the caller aborts.
 */
export interface Renderer {
  render(request: RenderRequest, options?: RenderOptions): Promise<RenderResult>;
  close(): Promise<void>;
}
