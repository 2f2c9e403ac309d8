import { type DocumentId, type OperationId, parseDocumentId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import { CanvasDocument, type CanvasRef } from './canvas-document.ts';
import { documentIdNamedBy, documentIdOf } from './named-id.ts';

/** As the directory and the log call this kind of document. */
export const CANVAS_KIND = 'canvas';

const MAX_SLUG_LENGTH = 64;

/** The id of the canvas with a slug, whether there is one or not: so no two canvases can have the same. */
export const canvasIdOfSlug = (slug: string): DocumentId => documentIdOf('canvas.slug', slug);

/** The canvas that an address means, by its id or its slug; `undefined` for what can be neither. */
export function canvasIdOf(idOrSlug: string): DocumentId | undefined {
  const id = parseDocumentId(idOrSlug);
  if (id !== undefined) return id;
  return idOrSlug.length > MAX_SLUG_LENGTH ? undefined : canvasIdOfSlug(idOrSlug);
}

export interface CanvasDocumentsParts {
  readonly documents: {
    find(kind: string, id: string): Promise<CanvasRef>;
    open(kind: string, id: DocumentId): CanvasRef;
  };
  readonly newId: () => string;
}

/** All canvases, for the services. */
export class CanvasDocuments {
  readonly #parts: CanvasDocumentsParts;

  constructor(parts: CanvasDocumentsParts) {
    this.#parts = parts;
  }

  /** By id or slug. @throws Problem `not_found` */
  async find(idOrSlug: string): Promise<CanvasDocument> {
    const id = canvasIdOf(idOrSlug);
    if (id === undefined) throw notFound(idOrSlug);
    try {
      return new CanvasDocument(await this.#parts.documents.find(CANVAS_KIND, id));
    } catch (error) {
      throw error instanceof Problem && error.code === 'not_found' ? notFound(idOrSlug) : error;
    }
  }

  /** A canvas to be made: the one of its slug, else the one that the operation names, so that a retry finds it. */
  toBeMade(slug: string | null, operationId: OperationId | undefined): CanvasDocument {
    const { documents, newId } = this.#parts;
    const id = slug === null ? documentIdNamedBy('canvas.create', operationId, newId) : canvasIdOfSlug(slug);
    return new CanvasDocument(documents.open(CANVAS_KIND, id));
  }
}

const notFound = (idOrSlug: string): Problem =>
  Problem.notFound('canvas', idOrSlug.slice(0, MAX_SLUG_LENGTH));
