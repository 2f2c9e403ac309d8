import busboy from 'busboy';
import { IMAGE_BYTES_LIMIT } from '../actors/image-library.ts';
import { Problem } from '../protocol/problem.ts';
import { joined } from './read-body.ts';

/** Of a form around an image: boundaries, names, headers of its parts. */
const FORM_OVERHEAD_BYTES = 64 * 1024;
export const FORM_BYTES_LIMIT = IMAGE_BYTES_LIMIT + FORM_OVERHEAD_BYTES;
const FIELD = 'image';
/** Of a name that is not known here; it is told back. */
const MAX_NAME = 100;

export const isForm = (contentType: string): boolean =>
  /^multipart\/form-data\s*(;|$)/i.test(contentType.trim());

export interface ImageFormEvents {
  /** At the end of a form that is right. */
  readonly onImage: (bytes: Buffer) => void;
  /** At once; nothing else comes after it. */
  readonly onProblem: (problem: Problem) => void;
}

/** A multipart form (RFC 7578) whose only part is a file called `image`. */
export class ImageForm {
  static readonly PATH = `/body/${FIELD}`;
  readonly #parser: busboy.Busboy | undefined;
  readonly #events: ImageFormEvents;
  #chunks: Buffer[] | undefined;
  #isOver = false;

  constructor(contentType: string, events: ImageFormEvents) {
    this.#events = events;
    try {
      this.#parser = this.#open(contentType);
    } catch {
      // busboy refuses a type without a boundary.
      this.#refuse(malformed());
    }
  }

  write(chunk: Buffer): void {
    if (this.#isOver) return;
    try {
      this.#parser?.write(chunk);
    } catch (error) {
      this.#refuse(malformed(error)); // not known to happen; where it did, it would end the process
    }
  }

  /** All of the body came. */
  end(): void {
    if (this.#isOver) return;
    this.#parser?.end();
    // busboy never ends a file that begins with the last boundary. It waits for nothing but its own turns, which are
    // over by then.
    setImmediate(() => this.#refuse(malformed()));
  }

  /** No more comes, and nobody wants to hear of it. */
  abandon(): void {
    this.#isOver = true;
    this.#chunks = undefined;
    const parser = this.#parser;
    // Not at once: busboy throws where it is destroyed by a listener of its own.
    queueMicrotask(() => parser?.destroy());
  }

  #open(contentType: string): busboy.Busboy {
    const parser = busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      // One byte more, so that an image of exactly the limit is not cut off as too large.
      limits: { fileSize: IMAGE_BYTES_LIMIT + 1, fieldSize: 1024, headerPairs: 20 },
    });
    parser.on('file', (name, stream) => {
      // It may fail after nobody listens to the form any more.
      stream.on('error', () => {});
      const fault = this.#faultOf(name);
      if (fault) {
        stream.resume();
        this.#refuse(fault);
        return;
      }
      const chunks: Buffer[] = [];
      this.#chunks = chunks;
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => this.#refuse(imageTooLarge(ImageForm.PATH)));
    });
    parser.on('field', (name) => {
      const fault = name === FIELD ? Problem.invalid(ImageForm.PATH, 'must be a file') : this.#faultOf(name);
      if (fault) this.#refuse(fault);
    });
    parser.on('error', (error) => this.#refuse(malformed(error)));
    parser.on('close', () => {
      if (this.#isOver) return;
      if (this.#chunks === undefined) return this.#refuse(Problem.invalid(ImageForm.PATH, 'is required'));
      this.#isOver = true;
      this.#events.onImage(joined(this.#chunks));
    });
    return parser;
  }

  #faultOf(name: string | undefined): Problem | undefined {
    if (name === FIELD) {
      return this.#chunks && Problem.invalid(ImageForm.PATH, 'must be given once');
    }
    return Problem.invalid(`/body/${pointerStep(name ?? '')}`, 'is unknown here');
  }

  #refuse(problem: Problem): void {
    if (this.#isOver) return;
    this.abandon();
    this.#events.onProblem(problem);
  }
}

const malformed = (cause?: unknown): Problem =>
  new Problem('malformed_request', 'The body is no multipart form.', { cause });

/** @param path where in the request the image stands */
export function imageTooLarge(path: string): Problem {
  const message = `is over ${IMAGE_BYTES_LIMIT} bytes`;
  return new Problem('too_large', `${path} ${message}`, { errors: [{ path, message }] });
}

/** One step of a JSON Pointer. */
const pointerStep = (name: string): string =>
  name
    .slice(0, MAX_NAME)
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
