import type { AnnotationInput } from '../protocol/annotation-messages.ts';
import { anchorPoint } from '../protocol/comment-anchor.ts';
import type { Annotation, RoomComment } from '../protocol/entities.ts';
import { type EntityId, parseEntityId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { AnnotationDocument } from './annotation-document.ts';
import type { AnnotationDocuments } from './annotation-documents.ts';
import type { Caller } from './caller.ts';
import { CommentPlaces } from './comment-places.ts';
import { renamingFields } from './field-names.ts';

export type CommentStatus = 'open' | 'resolved';

/** Either `anchor` or `parentId`. */
export interface CommentInput {
  readonly anchor?: RoomComment['anchor'];
  readonly parentId?: string;
  readonly body: string;
}

export interface CommentChange {
  readonly status?: CommentStatus;
  readonly body?: string;
  readonly version?: number;
}

/** What the document calls the fields of a comment, and what they are called here. */
const FIELDS = { '/body/content': '/body/body', '/body/geometry': '/body/anchor' };
const EVERYTHING = { page: 1, size: Number.MAX_SAFE_INTEGER };

/** Comments of rooms: annotations of type `comment`, whatever door made them. */
export class RoomComments {
  readonly #documents: AnnotationDocuments;

  constructor(documents: AnnotationDocuments) {
    this.#documents = documents;
  }

  /** All of them with their replies, oldest first. @param status of those that are asked for; a deleted one has none */
  async listComments(
    roomId: string,
    status: CommentStatus | undefined,
    includeDeleted: boolean,
  ): Promise<RoomComment[]> {
    const document = await this.#documents.find(roomId, includeDeleted);
    const query = { type: 'annotation.list', ...EVERYTHING, include_deleted: includeDeleted } as const;
    const { items } = await document.query(query);
    const byId = new Map(items.map((annotation) => [annotation.id, annotation]));
    const places = new CommentPlaces((id) => byId.get(id));
    return items
      .filter((annotation) => annotation.type === 'comment')
      .filter((annotation) => status === undefined || statusOf(annotation) === status)
      .map((comment) => toComment(comment, byId.get(comment.parent_id ?? ''), places));
  }

  async getComment(roomId: string, id: string, includeDeleted: boolean): Promise<RoomComment> {
    const document = await this.#documents.find(roomId, includeDeleted);
    const comment = await requireComment(document, id);
    if (comment.status === 'deleted' && !includeDeleted) throw Problem.notFound('comment', id);
    return placed(document, comment);
  }

  async createComment(roomId: string, input: CommentInput, caller: Caller): Promise<RoomComment> {
    const document = await this.#documents.find(roomId);
    const [annotation, parentField] = await toAnnotation(document, input);
    const comment = await renamingFields(
      { ...FIELDS, '/body/parent_id': parentField },
      document.execute({ type: 'annotation.create', annotation }, caller),
    );
    return placed(document, comment);
  }

  async updateComment(
    roomId: string,
    id: string,
    { status, body, version }: CommentChange,
    caller: Caller,
  ): Promise<RoomComment> {
    const document = await this.#documents.find(roomId);
    const known = await requireComment(document, id);
    const change = {
      ...(body === undefined ? {} : { content: body }),
      ...(status === undefined ? {} : { resolved: status === 'resolved' }),
    };
    const comment = await renamingFields(
      FIELDS,
      document.execute(
        { type: 'annotation.update', id: known.id as EntityId, change, ...ifVersion(version) },
        caller,
      ),
    );
    return placed(document, comment);
  }

  async deleteComment(
    roomId: string,
    id: string,
    version: number | undefined,
    caller: Caller,
  ): Promise<RoomComment> {
    const document = await this.#documents.find(roomId);
    const known = await requireComment(document, id);
    const comment = await document.execute(
      { type: 'annotation.delete', id: known.id as EntityId, ...ifVersion(version) },
      caller,
    );
    return placed(document, comment);
  }
}

const ifVersion = (version: number | undefined): { version?: number } =>
  version === undefined ? {} : { version };

const statusOf = ({ status, resolved }: Annotation): RoomComment['status'] =>
  status === 'deleted' ? 'deleted' : resolved === true ? 'resolved' : 'open';

/**
 * What is to be created, and the field that names what it hangs on. That this is there is left to the document, which
 * knows whether the comment is a repeated one.
 */
async function toAnnotation(
  document: AnnotationDocument,
  { anchor, parentId, body }: CommentInput,
): Promise<[AnnotationInput, string]> {
  const comment = { type: 'comment', content: body } as const;
  if (parentId !== undefined) {
    if (anchor !== undefined) throw Problem.invalid('/body/parentId', 'cannot be given together with anchor');
    const parent = await lookUp(document, parentId);
    if (parent !== undefined && parent.type !== 'comment') {
      throw Problem.invalid('/body/parentId', 'names no comment; comment on an annotation by anchor');
    }
    return [{ ...comment, parent_id: parentId }, '/body/parentId'];
  }
  if (anchor === undefined) throw Problem.invalid('/body/anchor', 'is required, or parentId');
  if (!('annotationId' in anchor)) return [{ ...comment, geometry: anchor }, '/body/anchor'];
  const path = '/body/anchor/annotationId';
  const annotation = await lookUp(document, anchor.annotationId);
  if (annotation?.type === 'comment') {
    throw Problem.invalid(path, 'names a comment; reply to it by parentId');
  }
  const geometry = annotation === undefined ? NOWHERE : anchorPoint(annotation.type, annotation.geometry);
  return [{ ...comment, parent_id: anchor.annotationId, geometry: { ...geometry } }, path];
}

const NOWHERE = { x: 0, y: 0 };

/** Also a deleted one. */
async function lookUp(document: AnnotationDocument, id: string): Promise<Annotation | undefined> {
  const entity = parseEntityId(id);
  if (entity === undefined) return undefined;
  try {
    return await document.query({ type: 'annotation.get', id: entity, include_deleted: true });
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** Also a deleted one, so that a retry gets its answer again. @throws Problem `not_found` */
async function requireComment(document: AnnotationDocument, id: string): Promise<Annotation> {
  const found = await lookUp(document, id);
  if (found?.type !== 'comment') throw Problem.notFound('comment', id);
  return found;
}

/** A single comment with its place: only what it hangs on is asked for. */
async function placed(document: AnnotationDocument, comment: Annotation): Promise<RoomComment> {
  const above = new Map<string, Annotation>();
  for (let next = comment.parent_id; next !== null && !above.has(next); ) {
    const parent = await lookUp(document, next);
    if (parent === undefined) break;
    above.set(next, parent);
    next = parent.type === 'comment' ? parent.parent_id : null;
  }
  return toComment(comment, above.get(comment.parent_id ?? ''), new CommentPlaces((id) => above.get(id)));
}

/** @param parent what the comment hangs on */
function toComment(comment: Annotation, parent: Annotation | undefined, places: CommentPlaces): RoomComment {
  const { anchor, position, orphaned } = places.of(comment);
  return {
    id: comment.id,
    anchor,
    position: { ...position },
    ...(orphaned ? { orphaned } : {}),
    body: comment.content,
    author: comment.created_by,
    ...(parent?.type === 'comment' ? { parentId: parent.id } : {}),
    status: statusOf(comment),
    version: comment.version,
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
  };
}
