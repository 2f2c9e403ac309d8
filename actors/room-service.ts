import type { Document, Page, Room, RoomEvents, RoomVersion } from '../protocol/entities.ts';
import type { Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { DocumentStore } from '../storage/port.ts';
import type { AnnotationDocument } from './annotation-document.ts';
import { ANNOTATION_KIND, type AnnotationDocuments } from './annotation-documents.ts';
import type { Caller } from './caller.ts';
import type { DocumentImages } from './document-images.ts';
import type { Documents } from './documents.ts';
import type { ImageLibrary } from './image-library.ts';
import { checkPast, revertTo } from './named-state.ts';
import type { PageQuery } from './page-query.ts';
import { toRoom, toRoomVersion } from './room-wire.ts';

export interface RoomInput {
  readonly name: string;
  readonly imageUrl?: string | null;
  /** Of the page, where there is no image. */
  readonly width?: number;
  readonly height?: number;
}

export interface RoomServiceParts {
  readonly documents: AnnotationDocuments;
  readonly sockets: Pick<Documents, 'subscribersOf'>;
  readonly store: Pick<DocumentStore, 'heads' | 'directory'>;
  readonly library: ImageLibrary;
  readonly images: DocumentImages;
}

/** Where `imageUrl` stands in a request. */
const IMAGE_URL = '/body/imageUrl';
/** Of a page of which only one side is given, in pixels. */
const DEFAULT_SIZE = { width: 1280, height: 720 };
const EVERYTHING = { page: 1, size: Number.MAX_SAFE_INTEGER };

/** Annotation documents as the REST door of rooms needs them. */
export class RoomService {
  readonly #parts: RoomServiceParts;

  constructor(parts: RoomServiceParts) {
    this.#parts = parts;
  }

  /** A caller's operation id names the room too: a retry finds the one that it made. */
  async createRoom({ name, imageUrl = null, width, height }: RoomInput, caller: Caller): Promise<Room> {
    const image = (await this.#parts.library.accept(imageUrl, undefined, IMAGE_URL)) ?? null;
    const document = this.#parts.documents.madeBy('room.create', caller);
    const isSized = width !== undefined || height !== undefined;
    const size = {
      width: width ?? DEFAULT_SIZE.width,
      height: height ?? DEFAULT_SIZE.height,
    };
    const made = await document.execute(
      { type: 'document.create', name, image, ...(isSized ? { size } : {}) },
      caller,
    );
    return this.#roomOf(document, made);
  }

  /** Wakes no document. */
  async listRooms(query: PageQuery & { readonly includeDeleted: boolean }): Promise<Page<Room>> {
    const { store, sockets } = this.#parts;
    const { page, size } = query;
    const { rows, total } = await store.directory.list(ANNOTATION_KIND, query);
    const heads = await store.heads(rows.map(({ id }) => id));
    const items = rows.map(({ id, wire }) => {
      const { head = 0, snapshotSeq = 0 } = heads.get(id) ?? {};
      return toRoom(wire as Document, { head, snapshotSeq, subscribers: sockets.subscribersOf(id) });
    });
    return { items, page, size, total };
  }

  async getRoom(id: string, includeDeleted: boolean): Promise<Room> {
    const document = await this.#parts.documents.find(id, includeDeleted);
    // In this order: what the room says is never older than the `seq` that it has.
    const status = await document.ref.status();
    return toRoom(await document.query({ type: 'document.get', include_deleted: includeDeleted }), status);
  }

  async updateRoom(id: string, { name, imageUrl }: Partial<RoomInput>, caller: Caller): Promise<Room> {
    const document = await this.#parts.documents.find(id);
    const image =
      imageUrl === undefined ? undefined : await this.#parts.library.accept(imageUrl, document.id, IMAGE_URL);
    const changed = await document.execute(
      {
        type: 'document.update',
        ...(name === undefined ? {} : { name }),
        ...(image === undefined ? {} : { image }),
      },
      caller,
    );
    return this.#roomOf(document, changed);
  }

  async deleteRoom(id: string, caller: Caller): Promise<Room> {
    // A deleted one too: a retry gets its answer again; the document refuses everything else.
    const document = await this.#parts.documents.find(id, true);
    return this.#roomOf(document, await document.execute({ type: 'document.delete' }, caller));
  }

  /**
   * @param read the image's bytes and the field that has them; not asked for where there is no such room
   * @throws Problem `image_*`, `not_found`, or what `read` throws
   */
  async setImage(
    id: string,
    read: () => Promise<{ readonly bytes: Uint8Array; readonly path: string }>,
    caller: Caller,
  ): Promise<Room> {
    const document = await this.#parts.documents.find(id);
    const { bytes, path } = await read();
    const image = await this.#parts.library.acceptBytes(bytes, path);
    return this.#roomOf(document, await document.execute({ type: 'document.update', image }, caller));
  }

  /** The image as it was given, or as it was found at its address. @throws Problem `not_found`, `image_*` */
  async getImage(id: string): Promise<{ hash: string; mime: string; bytes: () => Promise<Uint8Array> }> {
    const document = await this.#parts.documents.find(id);
    const image = await document.query({ type: 'document.image' });
    if (image === null) throw Problem.notFound('image of room', id);
    const known = image.kind === 'blob' ? image.blob : image.copy;
    if (known !== undefined) {
      return { hash: known.hash, mime: known.mime, bytes: () => this.#parts.library.get(known) };
    }
    const { blob, bytes } = await this.#parts.images.load(document.id, image, NEVER);
    return { hash: blob.hash, mime: blob.mime, bytes: async () => bytes };
  }

  async createSnapshot(id: string): Promise<Seq> {
    return (await this.#parts.documents.find(id)).ref.snapshot();
  }

  async listVersions(id: string): Promise<RoomVersion[]> {
    const document = await this.#parts.documents.find(id);
    const { items } = await document.query({ type: 'version.list', ...EVERYTHING });
    return items.map(toRoomVersion);
  }

  /**
   * @param seq the state after this event; absent: the present one
   * @throws Problem `tag_taken`, `state_gone`, `invalid`
   */
  async createVersion(
    id: string,
    { tag, seq }: { readonly tag: string; readonly seq?: number },
    caller: Caller,
  ): Promise<RoomVersion> {
    const document = await this.#parts.documents.find(id);
    // A retry is answered as it was then, whatever has become of that state.
    const isDone = seq === undefined || (await document.hasDone(caller));
    const past = isDone ? undefined : await pastState(document, seq);
    const version = await document.execute(
      { type: 'version.create', change_summary: '', tag, ...(past === undefined ? {} : { past }) },
      caller,
    );
    return toRoomVersion(version);
  }

  /** The `seq` of the event that brought the version back. @throws Problem `not_found` */
  async revert(id: string, tag: string, caller: Caller): Promise<Seq> {
    const document = await this.#parts.documents.find(id);
    const version = await document.query({ type: 'version.byTag', tag });
    return (await revertTo(document, version, undefined, caller)).seq;
  }

  async listEvents(id: string, after: Seq, limit: number): Promise<RoomEvents> {
    const document = await this.#parts.documents.find(id);
    const { events, firstSeq, head } = await document.ref.events(after, limit);
    const items = events.map(({ seq, at, by, type, size, operationId }) => ({
      seq,
      ts: new Date(at).toISOString(),
      user: by,
      kind: type,
      size,
      ...(operationId === undefined ? {} : { operationId }),
    }));
    return { items, firstSeq, seq: head };
  }

  async #roomOf(document: AnnotationDocument, wire: Document): Promise<Room> {
    return toRoom(wire, await document.ref.status());
  }
}

/** A fetch may serve several callers, and has its own limit of time. */
const NEVER = new AbortController().signal;

/** Also where `seq` is the head: another event may come before the version is made. */
async function pastState(
  document: AnnotationDocument,
  seq: Seq,
): Promise<{ readonly seq: Seq; readonly state: Uint8Array }> {
  await checkPast(document, seq, '/body');
  return { seq, state: await document.ref.stateAt(seq) };
}
