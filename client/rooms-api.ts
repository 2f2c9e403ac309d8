import type { components } from '../protocol/generated/openapi.ts';
import { type FetchLike, pathOf, queryOf, RestClient } from './rest-client.ts';

type Schemas = components['schemas'];
export type Room = Readonly<Schemas['Room']>;
export type RoomPage = Readonly<Schemas['RoomPage']>;
export type NewRoom = Readonly<Partial<Schemas['RoomCreate']>>;
export type RoomChange = Readonly<Schemas['RoomPatch']>;
export type RoomVersion = Readonly<Schemas['RoomVersion']>;
export type RoomComment = Readonly<Schemas['RoomComment']>;
export type NewRoomComment = Readonly<Schemas['RoomCommentCreate']>;
export type RoomCommentChange = Readonly<Schemas['RoomCommentPatch']>;
export type NewRoomExport = Readonly<Omit<Schemas['RoomExportCreate'], 'includeComments'>> & {
  readonly includeComments?: boolean;
};
export type RoomExportJob = Readonly<Schemas['ExportJob']>;
export type RoomEventList = Readonly<Schemas['RoomEvents']>;

export interface RoomsApiOptions {
  /** Who acts. Default: nobody in particular (`anonymous`). */
  readonly userId?: string;
  /** Default: that of the platform. */
  readonly fetch?: FetchLike;
}

/**
 * Rooms by REST: what is not edited live. What is (annotations and comments), a {@link RoomProvider} brings at once.
 * Every method throws `ApiError` where the server refuses, and what `fetch` throws where it is not reached.
 */
export class RoomsApi {
  readonly #rest: RestClient;
  readonly #exports: RestClient;

  /** @param url - the server, such as `https://troupe.example.com` */
  constructor(url: string, { userId, fetch }: RoomsApiOptions = {}) {
    const headers: Record<string, string> = userId === undefined ? {} : { 'x-user-id': userId };
    this.#rest = new RestClient(url, '/v1/rooms', fetch, headers);
    this.#exports = new RestClient(url, '/v1/exports', fetch, headers);
  }

  create(room: NewRoom = {}): Promise<Room> {
    return this.#rest.ask<Room>('POST', '', room);
  }

  get(id: string): Promise<Room> {
    return this.#rest.ask<Room>('GET', pathOf(id));
  }

  /** Oldest first. @param query - `page` from 1, `size` from 1 to 100 (default 20) */
  list(query: { readonly page?: number; readonly size?: number } = {}): Promise<RoomPage> {
    return this.#rest.ask<RoomPage>('GET', queryOf(query));
  }

  /** Another name, or another image by its address. */
  update(id: string, change: RoomChange): Promise<Room> {
    return this.#rest.ask<Room>('PATCH', pathOf(id), change);
  }

  /** Who is at the room is shown out (4404). */
  delete(id: string): Promise<Room> {
    return this.#rest.ask<Room>('DELETE', pathOf(id));
  }

  /** Is the room deleted or unknown? What a connection asks where its handshake fails. */
  isGone(id: string): Promise<boolean> {
    return this.#rest.isGone(pathOf(id));
  }

  /** @param image - a PNG or JPEG of at most 20 MB, such as a `File` of an input */
  async uploadImage(id: string, image: Blob | Uint8Array): Promise<Room> {
    const bytes = image instanceof Uint8Array ? new Blob([image.slice()]) : image;
    return this.#rest.ask<Room>('POST', `${pathOf(id)}/image`, await typed(bytes));
  }

  /** Where the image is, for an `<img>`. */
  imageUrl(id: string): string {
    return this.#rest.urlOf(`${pathOf(id)}/image`);
  }

  /** Oldest first. */
  versions(id: string): Promise<readonly RoomVersion[]> {
    return this.#rest.ask<RoomVersion[]>('GET', `${pathOf(id)}/versions`);
  }

  /** Names the present state, or that after event `seq`. */
  createVersion(id: string, version: { readonly tag: string; readonly seq?: number }): Promise<RoomVersion> {
    return this.#rest.ask<RoomVersion>('POST', `${pathOf(id)}/versions`, version);
  }

  /** Brings a version back, for everybody; it can be undone by reverting to another. @returns the event that did it */
  async revert(id: string, tag: string): Promise<number> {
    const path = `${pathOf(id)}/versions${pathOf(tag)}:revert`;
    const { seq } = await this.#rest.ask<{ seq: number }>('POST', path);
    return seq;
  }

  /** Oldest first, with their replies. */
  comments(
    id: string,
    query: { readonly status?: 'open' | 'resolved' } = {},
  ): Promise<readonly RoomComment[]> {
    return this.#rest.ask<RoomComment[]>('GET', `${pathOf(id)}/comments${queryOf(query)}`);
  }

  /** On an annotation or a point (`anchor`), or as a reply (`parentId`). */
  createComment(id: string, comment: NewRoomComment): Promise<RoomComment> {
    return this.#rest.ask<RoomComment>('POST', `${pathOf(id)}/comments`, comment);
  }

  /** Resolves, reopens or edits. */
  updateComment(id: string, commentId: string, change: RoomCommentChange): Promise<RoomComment> {
    return this.#rest.ask<RoomComment>('PATCH', `${pathOf(id)}/comments${pathOf(commentId)}`, change);
  }

  /** Asks for a picture. A provider's `export` event tells when it is done. @returns the id of the job */
  async createExport(id: string, picture: NewRoomExport): Promise<string> {
    const { jobId } = await this.#rest.ask<{ jobId: string }>('POST', `${pathOf(id)}/exports`, picture);
    return jobId;
  }

  export(jobId: string): Promise<RoomExportJob> {
    return this.#exports.ask<RoomExportJob>('GET', pathOf(jobId));
  }

  /** Where the picture is once its job is `completed`. */
  exportUrl(jobId: string): string {
    return this.#exports.urlOf(`${pathOf(jobId)}/download`);
  }

  /** The log without its content, as far as it is kept. @param query - `limit` from 1 to 1000 (default 100) */
  events(
    id: string,
    query: { readonly after?: number; readonly limit?: number } = {},
  ): Promise<RoomEventList> {
    return this.#rest.ask<RoomEventList>('GET', `${pathOf(id)}/events${queryOf(query)}`);
  }
}

/** The server takes an image by its type and judges it by its content. */
async function typed(image: Blob): Promise<Blob> {
  if (image.type !== '') return image;
  const [first] = new Uint8Array(await image.slice(0, 1).arrayBuffer());
  return image.slice(0, image.size, first === 0x89 ? 'image/png' : 'image/jpeg');
}
