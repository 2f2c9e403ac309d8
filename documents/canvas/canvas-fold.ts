import type {
  AuditAction,
  AuditEntry,
  CanvasAnswer,
  CanvasFact,
  CanvasInfo,
  CanvasLock,
} from '../../protocol/canvas-messages.ts';
import { pixelCount } from '../../protocol/canvas-pixels.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { Applied, Instant, Summary } from '../kind.ts';
import type { CanvasEvent, Moderation } from './canvas-events.ts';
import type { CanvasState } from './canvas-state.ts';

type AppliedCanvas = Applied<CanvasFact, CanvasAnswer>;
type EventOf<Type> = Extract<CanvasEvent, { type: Type }>;
type UpdatedFact = Extract<CanvasFact, { type: 'canvas.updated' }>;

/** What an event does to the state, lived and replayed alike. */
export function fold(state: CanvasState, event: CanvasEvent, instant: Instant): AppliedCanvas {
  state.seq = instant.seq;
  switch (event.type) {
    case 'canvas.created':
      return create(state, event, instant);
    case 'canvas.updated':
      return update(state, event, instant);
    case 'painted':
      return paint(state, event, instant);
    case 'locked':
      return lock(state, event, instant);
    case 'unlocked':
      return unlock(state, event, instant);
    case 'rewound':
      return rewind(state, event, instant);
    default:
      return unreachable(event);
  }
}

function create(state: CanvasState, event: EventOf<'canvas.created'>, instant: Instant): AppliedCanvas {
  const { title, slug, width, height, palette, background, rateLimits } = event;
  const createdAt = isoOf(instant);
  const canvas: CanvasInfo = {
    id: state.id,
    name: title,
    slug,
    width,
    height,
    palette,
    background,
    rateLimits,
    status: 'active',
    createdAt,
    updatedAt: createdAt,
    createdBy: instant.by,
  };
  state.canvas = canvas;
  state.begin(canvas);
  note(state, 'create', event, instant, { name: title, slug, width, height });
  return { fact: { type: 'canvas.created', canvas }, answer: canvas, summary: summaryOf(canvas) };
}

function update(state: CanvasState, event: EventOf<'canvas.updated'>, instant: Instant): AppliedCanvas {
  const { title, palette, rateLimits, archived } = event;
  const before = created(state);
  const canvas: CanvasInfo = {
    ...before,
    name: title ?? before.name,
    palette: palette ?? before.palette,
    rateLimits: rateLimits ?? before.rateLimits,
    status: archived === undefined ? before.status : archived ? 'archived' : 'active',
    updatedAt: isoOf(instant),
  };
  state.canvas = canvas;
  note(state, updateAction(event), event, instant, {
    ...(title === undefined ? {} : { name: title }),
    ...(palette === undefined ? {} : { palette }),
    ...(rateLimits === undefined ? {} : { rateLimits }),
    ...(archived === undefined ? {} : { archived }),
  });
  return {
    fact: { type: 'canvas.updated', canvas, changed: changedBy(event) },
    answer: canvas,
    summary: summaryOf(canvas),
  };
}

function changedBy({
  title,
  palette,
  rateLimits,
  archived,
}: EventOf<'canvas.updated'>): UpdatedFact['changed'] {
  const changed: UpdatedFact['changed'][number][] = [];
  if (title !== undefined) changed.push('name');
  if (palette !== undefined) changed.push('palette');
  if (rateLimits !== undefined) changed.push('rateLimits');
  if (archived !== undefined) changed.push('status');
  return changed;
}

/** One line of the audit log an event: the weightiest change names it, its details hold all. */
function updateAction({ archived, palette, rateLimits }: EventOf<'canvas.updated'>): AuditAction {
  if (archived !== undefined) return 'archive';
  if (palette !== undefined) return 'palette';
  return rateLimits === undefined ? 'update' : 'limits';
}

function paint(state: CanvasState, event: EventOf<'painted'>, { by, seq, at }: Instant): AppliedCanvas {
  const { pixels } = event;
  const name = event.name ?? state.painters.find(by)?.name ?? by;
  state.paint(pixels, state.painters.note({ userId: by, name }), seq, at);
  const count = pixelCount(pixels);
  state.painted += count;
  return { fact: { type: 'painted', pixels }, answer: { pixels: count } };
}

function lock(state: CanvasState, event: EventOf<'locked'>, instant: Instant): AppliedCanvas {
  const { id, region, reason = '' } = event;
  const made: CanvasLock = { id, ...region, reason, createdBy: instant.by, createdAt: isoOf(instant) };
  state.locks.set(id, made);
  note(state, 'lock', event, instant, { lockId: id, ...region });
  return { fact: { type: 'locked', lock: made }, answer: made };
}

function unlock(state: CanvasState, event: EventOf<'unlocked'>, instant: Instant): AppliedCanvas {
  const { id, reason } = event;
  const gone = state.locks.get(id);
  if (gone === undefined) throw new TypeError(`lock ${id} is taken away but was never made`);
  state.locks.delete(id);
  const { x, y, width, height } = gone;
  note(state, 'unlock', event, instant, { lockId: id, x, y, width, height });
  return {
    fact: { type: 'unlocked', lock: gone, ...(reason === undefined ? {} : { reason }) },
    answer: gone,
  };
}

/** From now on the moderator is the one who painted there last. */
function rewind(state: CanvasState, event: EventOf<'rewound'>, instant: Instant): AppliedCanvas {
  const { to, pixels, region, userId, reason, name } = event;
  const { by, seq, at } = instant;
  state.paint(pixels, state.painters.note({ userId: by, name }), seq, at);
  const count = pixelCount(pixels);
  const filter = {
    ...(region === undefined ? {} : { region }),
    ...(userId === undefined ? {} : { userId }),
  };
  note(state, 'rewind', event, instant, { to, pixels: count, ...filter });
  return {
    fact: { type: 'rewound', by, to, pixels, ...filter, ...(reason === undefined ? {} : { reason }) },
    answer: { pixels: count },
  };
}

function note(
  { audit }: CanvasState,
  action: AuditAction,
  { auditId, name, reason }: Moderation,
  instant: Instant,
  details: AuditEntry['details'],
): void {
  audit.push({
    id: auditId,
    seq: instant.seq,
    at: isoOf(instant),
    action,
    userId: instant.by,
    name,
    ...(reason === undefined ? {} : { reason }),
    details,
  });
}

const isoOf = ({ at }: Instant): string => new Date(at).toISOString();

const summaryOf = (canvas: CanvasInfo): Summary => ({
  title: canvas.name,
  createdAt: Date.parse(canvas.createdAt),
  updatedAt: Date.parse(canvas.updatedAt),
  deleted: false,
  wire: canvas,
});

/** An event of a canvas that was never created is in no log. */
function created({ canvas, id }: CanvasState): CanvasInfo {
  if (canvas === undefined) throw new TypeError(`canvas ${id} was never created`);
  return canvas;
}
