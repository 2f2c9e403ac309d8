import type { ImageRef } from '../protocol/annotation-messages.ts';
import { type DocumentId, SYSTEM } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { AnnotationDocument } from './annotation-document.ts';
import type { ImageLibrary, LoadedImage } from './image-library.ts';

export interface DocumentImagesParts {
  readonly images: Pick<ImageLibrary, 'load'>;
  readonly open: (id: DocumentId) => AnnotationDocument;
}

/**
 * The pictures under annotations, whatever state of a document names them: one that is an address is fetched once, and
 * the document told to keep the copy, so that pictures of one state stay equal.
 */
export class DocumentImages {
  readonly #parts: DocumentImagesParts;

  constructor(parts: DocumentImagesParts) {
    this.#parts = parts;
  }

  /** @throws Problem `image_*` */
  async load(documentId: DocumentId, image: ImageRef, signal: AbortSignal): Promise<LoadedImage> {
    if (image.kind === 'blob' || image.copy !== undefined) return this.#parts.images.load(image, signal);
    const document = this.#parts.open(documentId);
    const loaded = await this.#parts.images.load(await withCopy(document, image), signal);
    const keep = { type: 'document.keepImage', url: image.url, copy: loaded.blob } as const;
    // Only an optimisation: without the copy the next one who needs the picture fetches it again.
    document.execute(keep, { by: SYSTEM }).catch(() => undefined);
    return loaded;
  }
}

/** A past state knows nothing of a copy that was fetched later. */
async function withCopy(
  document: AnnotationDocument,
  image: Extract<ImageRef, { kind: 'url' }>,
): Promise<ImageRef> {
  try {
    const present = await document.query({ type: 'document.image' });
    return present?.kind === 'url' && present.url === image.url ? present : image;
  } catch (error) {
    if (error instanceof Problem) return image; // the document is deleted, or cannot tell now
    throw error;
  }
}
