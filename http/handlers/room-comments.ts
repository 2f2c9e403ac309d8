import { callerOf } from '../caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { expectedVersion, versionTag } from '../entity-tag.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type RoomCommentHandlers = Pick<
  Handlers,
  'listRoomComments' | 'createRoomComment' | 'getRoomComment' | 'updateRoomComment' | 'deleteRoomComment'
>;

/** The operations of the tag `rooms` on comments. */
export function roomCommentHandlers({ comments }: Pick<AppDependencies, 'comments'>): RoomCommentHandlers {
  return {
    async listRoomComments({ path, query, request }) {
      contextOf(request).documentId = path.roomId;
      const { status, includeDeleted = false } = query;
      return { status: 200, body: await comments.listComments(path.roomId, status, includeDeleted) };
    },

    async createRoomComment({ path, body, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const { author, ...input } = body;
      const caller = callerOf(request, headers, author === undefined ? {} : { created_by: author });
      const comment = await comments.createComment(path.roomId, input, caller);
      return {
        status: 201,
        body: comment,
        headers: {
          Location: `/v1/rooms/${path.roomId}/comments/${comment.id}`,
          ETag: versionTag(comment.version),
        },
      };
    },

    async getRoomComment({ path, query, request }) {
      contextOf(request).documentId = path.roomId;
      const { includeDeleted = false } = query;
      const comment = await comments.getComment(path.roomId, path.commentId, includeDeleted);
      return { status: 200, body: comment, headers: { ETag: versionTag(comment.version) } };
    },

    async updateRoomComment({ path, body, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const { version: given, ...change } = body;
      const version = expectedVersion(headers['If-Match'], given);
      const comment = await comments.updateComment(
        path.roomId,
        path.commentId,
        { ...change, ...(version !== undefined && { version }) },
        callerOf(request, headers),
      );
      return { status: 200, body: comment, headers: { ETag: versionTag(comment.version) } };
    },

    async deleteRoomComment({ path, headers, request }) {
      contextOf(request).documentId = path.roomId;
      const version = expectedVersion(headers['If-Match'], undefined);
      const comment = await comments.deleteComment(
        path.roomId,
        path.commentId,
        version,
        callerOf(request, headers),
      );
      return { status: 200, body: comment, headers: { ETag: versionTag(comment.version) } };
    },
  };
}
