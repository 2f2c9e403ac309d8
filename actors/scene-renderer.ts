import type { ExportParameters, ExportScene } from '../protocol/annotation-messages.ts';
import type { DocumentId } from '../protocol/ids.ts';
import type { Renderer, SceneAnnotation } from '../render/port.ts';
import type { DocumentImages } from './document-images.ts';

export interface SceneRendererParts {
  readonly renderer: Pick<Renderer, 'render'>;
  readonly images: DocumentImages;
}

/** The part of the work that is behind when the image is there. */
const FETCHED = 0.1;

/** Pictures of documents: what exports and previews are made of. */
export class SceneRenderer {
  readonly #parts: SceneRendererParts;

  constructor(parts: SceneRendererParts) {
    this.#parts = parts;
  }

  /**
   * The picture as a file.
   *
   * @param onProgress told 0..1
   * @throws Problem `image_*`, `render_*`, `overloaded`
   */
  async render(
    documentId: DocumentId,
    { image, width, height, annotations }: ExportScene,
    { format, scale, background, include_comments, dpi }: ExportParameters,
    signal: AbortSignal,
    onProgress: (progress: number) => void = () => {},
  ): Promise<Uint8Array> {
    const loaded = image === null ? undefined : await this.#parts.images.load(documentId, image, signal);
    onProgress(FETCHED);
    const { bytes } = await this.#parts.renderer.render(
      {
        scene: { width, height, annotations: annotations as readonly SceneAnnotation[] },
        ...(loaded === undefined ? {} : { image: loaded.bytes }),
        format,
        scale,
        background,
        includeComments: include_comments,
        ...(dpi === undefined ? {} : { dpi }),
      },
      { signal, onProgress: (part) => onProgress(FETCHED + (1 - FETCHED) * part) },
    );
    return bytes;
  }
}
