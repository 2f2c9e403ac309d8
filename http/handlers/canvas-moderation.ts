import type { Request } from 'express';
import type { Moderator } from '../../actors/moderator.ts';
import type { OperationId } from '../../protocol/ids.ts';
import type { AppDependencies } from '../dependencies.ts';
import { pageOf } from '../page-request.ts';
import { contextOf } from '../request-context.ts';
import { requireModerator } from '../sessions/bearer.ts';
import type { Handlers } from '../typed-handlers.ts';
import { toCanvas } from './canvases.ts';

type ModerationHandlers = Pick<
  Handlers,
  | 'createCanvas'
  | 'updateCanvas'
  | 'createCanvasLock'
  | 'deleteCanvasLock'
  | 'rewindCanvas'
  | 'listCanvasAudit'
>;
type Dependencies = Pick<AppDependencies, 'canvases' | 'sessions'>;

/** The operations of the tag `canvases` that only a moderator may ask for: that is looked at before the canvas is. */
export function canvasModerationHandlers({ canvases, sessions }: Dependencies): ModerationHandlers {
  const moderatorOf = async (
    request: Request,
    headers: { readonly 'Idempotency-Key'?: string },
  ): Promise<Moderator> => {
    const { userId, name } = await requireModerator(sessions, request);
    const key = headers['Idempotency-Key'];
    if (key === undefined) return { by: userId, name };
    contextOf(request).idempotencyKey = key;
    // Keys are each user's own: nobody can take another's.
    return { by: userId, name, operationId: `${userId}\n${key}` as OperationId };
  };

  return {
    async createCanvas({ body, headers, request }) {
      const moderator = await moderatorOf(request, headers);
      const canvas = await canvases.createCanvas(body, moderator);
      contextOf(request).documentId = canvas.id;
      return {
        status: 201,
        body: toCanvas(canvas),
        headers: { Location: `/v1/canvases/${canvas.slug ?? canvas.id}` },
      };
    },

    async updateCanvas({ path, body, headers, request }) {
      contextOf(request).documentId = path.id;
      const moderator = await moderatorOf(request, headers);
      return { status: 200, body: toCanvas(await canvases.updateCanvas(path.id, body, moderator)) };
    },

    async createCanvasLock({ path, body, headers, request }) {
      contextOf(request).documentId = path.id;
      const moderator = await moderatorOf(request, headers);
      const lock = await canvases.createLock(path.id, body, moderator);
      const location = `/v1/canvases/${path.id}/locks/${lock.id}`;
      return { status: 201, body: lock, headers: { Location: location } };
    },

    async deleteCanvasLock({ path, query, headers, request }) {
      contextOf(request).documentId = path.id;
      const moderator = await moderatorOf(request, headers);
      return {
        status: 200,
        body: await canvases.deleteLock(path.id, path.lockId, query.reason, moderator),
      };
    },

    async rewindCanvas({ path, query, body, headers, request }) {
      contextOf(request).documentId = path.id;
      const moderator = await moderatorOf(request, headers);
      const isDryRun = query.dryRun ?? false;
      return { status: 200, body: await canvases.rewind(path.id, body, isDryRun, moderator) };
    },

    async listCanvasAudit({ path, query, request }) {
      contextOf(request).documentId = path.id;
      await requireModerator(sessions, request);
      const { action, user } = query;
      const page = await canvases.listAudit(path.id, {
        ...pageOf(query),
        ...(action === undefined ? {} : { action }),
        ...(user === undefined ? {} : { userId: user }),
      });
      return { status: 200, body: page, headers: { 'Cache-Control': 'no-store' } };
    },
  };
}
