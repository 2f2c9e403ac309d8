import { callerOf } from '../caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { isNotModified } from '../entity-tag.ts';
import { imageReply } from '../image-reply.ts';
import { pageOf } from '../page-request.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type RoomHandlers = Pick<
  Handlers,
  | 'listRooms'
  | 'createRoom'
  | 'getRoom'
  | 'updateRoom'
  | 'deleteRoom'
  | 'getRoomImage'
  | 'uploadRoomImage'
  | 'createRoomSnapshot'
  | 'listRoomVersions'
  | 'createRoomVersion'
  | 'revertRoom'
  | 'createRoomExport'
  | 'listRoomEvents'
>;

const DEFAULT_NAME = 'Untitled room';
const DEFAULT_EVENTS = 100;

/** The operations of the tag `rooms`, but for comments. */
export function roomHandlers({
  rooms,
  annotations,
}: Pick<AppDependencies, 'rooms' | 'annotations'>): RoomHandlers {
  return {
    async listRooms({ query }) {
      const { includeDeleted = false } = query;
      return { status: 200, body: await rooms.listRooms({ ...pageOf(query), includeDeleted }) };
    },

    async createRoom({ body, headers, request }) {
      const room = await rooms.createRoom({ name: DEFAULT_NAME, ...body }, callerOf(request, headers));
      contextOf(request).documentId = room.id;
      return { status: 201, body: room, headers: { Location: `/v1/rooms/${room.id}` } };
    },

    async getRoom({ path, query, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const room = await rooms.getRoom(path.roomId, query.includeDeleted ?? false);
      // Each change of what is stored has a seq; the other two are all else that a room shows.
      const tag = { ETag: `"${room.seq}-${room.snapshotSeq}-${room.connectedClients}"` };
      if (isNotModified(headers['If-None-Match'], tag.ETag)) return { status: 304, headers: tag };
      return { status: 200, body: room, headers: tag };
    },

    async updateRoom({ path, body, headers, request }) {
      contextOf(request).documentId = path.roomId;
      return { status: 200, body: await rooms.updateRoom(path.roomId, body, callerOf(request, headers)) };
    },

    async deleteRoom({ path, headers, request }) {
      contextOf(request).documentId = path.roomId;
      return { status: 200, body: await rooms.deleteRoom(path.roomId, callerOf(request, headers)) };
    },

    async getRoomImage({ path, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const image = await rooms.getImage(path.roomId);
      const tag = { ETag: `"${image.hash}"` };
      if (isNotModified(headers['If-None-Match'], tag.ETag)) return { status: 304, headers: tag };
      return imageReply(image.mime, await image.bytes(), tag);
    },

    async uploadRoomImage({ path, body, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const caller = callerOf(request, headers);
      return { status: 200, body: await rooms.setImage(path.roomId, () => body.read(), caller) };
    },

    async createRoomSnapshot({ path, request }) {
      contextOf(request).documentId = path.roomId;
      return { status: 201, body: { seq: await rooms.createSnapshot(path.roomId) } };
    },

    async listRoomVersions({ path, request }) {
      contextOf(request).documentId = path.roomId;
      return { status: 200, body: await rooms.listVersions(path.roomId) };
    },

    async createRoomVersion({ path, body, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const version = await rooms.createVersion(path.roomId, body, callerOf(request, headers));
      return { status: 201, body: version, headers: { Location: `/v1/versions/${version.id}` } };
    },

    async revertRoom({ path, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const seq = await rooms.revert(path.roomId, path.tag, callerOf(request, headers));
      return { status: 200, body: { seq } };
    },

    async createRoomExport({ path, body, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const { includeComments = false, ...input } = body;
      const job = await annotations.requestExport(
        path.roomId,
        { ...input, include_comments: includeComments },
        callerOf(request, headers),
      );
      return { status: 202, body: { jobId: job.id }, headers: { Location: `/v1/exports/${job.id}` } };
    },

    async listRoomEvents({ path, query, request }) {
      contextOf(request).documentId = path.roomId;
      const { after = 0, limit = DEFAULT_EVENTS } = query;
      return { status: 200, body: await rooms.listEvents(path.roomId, after, limit) };
    },
  };
}
