import type { IncomingMessage, ServerResponse } from 'node:http';
import { IMAGE_BYTES_LIMIT } from '../actors/image-library.ts';
import { Problem } from '../protocol/problem.ts';
import { FORM_BYTES_LIMIT, ImageForm, imageTooLarge, isForm } from './image-form.ts';
import { joined, receive } from './read-body.ts';

/** An image that came, not looked at yet. */
export interface UploadedImage {
  readonly bytes: Buffer;
  /** Where in the request it stood. */
  readonly path: string;
}

export interface UploadLimits {
  /** Of all images that are being received or stored; more are refused for a moment. */
  readonly bytesAtOnce: number;
  /** A sender that is silent for so many milliseconds is given up. */
  readonly silenceMs: number;
}

/** A dozen of the largest at once; a connection that has stalled for half a minute has usually gone. */
export const UPLOAD_LIMITS: UploadLimits = { bytesAtOnce: 256 * 1024 * 1024, silenceMs: 30_000 };

/** Memory that the uploads of a process share. */
export class UploadRoom {
  readonly #limit: number;
  #taken = 0;

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get taken(): number {
    return this.#taken;
  }

  /** `false` where there is not so much left. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#limit) return false;
    this.#taken += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** Where an image stands that is the whole body. */
const RAW = '/body';

/** The body of a request that is an image, or a form with one. */
export class ImageUpload {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #contentType: string;
  readonly #room: UploadRoom;
  readonly #silenceMs: number;

  /** @param contentType the request's header, with its parameters */
  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    contentType: string,
    room: UploadRoom,
    silenceMs: number,
  ) {
    this.#request = request;
    this.#response = response;
    this.#contentType = contentType;
    this.#room = room;
    this.#silenceMs = silenceMs;
  }

  /**
   * Reads it, once. Its memory counts as taken until the request is answered or given up.
   *
   * @throws Problem `too_large`, `malformed_request`, `invalid`, `unsupported_media_type`, `request_timeout`, `overloaded`
   */
  read(): Promise<UploadedImage> {
    return isForm(this.#contentType) ? this.#readForm() : this.#readRaw();
  }

  #readRaw(): Promise<UploadedImage> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      this.#receive(
        IMAGE_BYTES_LIMIT,
        (chunk) => void chunks.push(chunk),
        (problem) => {
          if (problem) reject(problem.code === 'too_large' ? imageTooLarge(RAW) : problem);
          else resolve({ bytes: joined(chunks), path: RAW });
        },
      );
    });
  }

  #readForm(): Promise<UploadedImage> {
    return new Promise((resolve, reject) => {
      let end: ((problem: Problem) => void) | undefined;
      let refusal: Problem | undefined;
      const form = new ImageForm(this.#contentType, {
        onImage: (bytes) => resolve({ bytes, path: ImageForm.PATH }),
        onProblem: (problem) => {
          refusal = problem;
          reject(problem);
          end?.(problem);
        },
      });
      end = this.#receive(
        FORM_BYTES_LIMIT,
        (chunk) => form.write(chunk),
        (problem) => {
          if (problem === undefined) return form.end();
          form.abandon();
          reject(problem.code === 'too_large' ? imageTooLarge(ImageForm.PATH) : problem);
        },
      );
      if (refusal) end(refusal);
    });
  }

  #receive(
    limit: number,
    onChunk: (chunk: Buffer) => void,
    onEnd: (problem: Problem | undefined) => void,
  ): (problem: Problem) => void {
    let taken = 0;
    const release = (): void => {
      this.#room.give(taken);
      taken = 0;
    };
    if (this.#response.closed) {
      onEnd(new Problem('malformed_request', 'The caller went away.'));
      return () => {};
    }
    this.#response.once('close', release);
    const end = receive(this.#request, {
      limit,
      silenceMs: this.#silenceMs,
      onChunk: (chunk) => {
        if (!this.#room.take(chunk.length)) {
          end(new Problem('overloaded', 'Too many images are being uploaded.'));
          return;
        }
        taken += chunk.length;
        onChunk(chunk);
      },
      onEnd: (problem) => {
        if (problem) release();
        onEnd(problem);
      },
    });
    return end;
  }
}
