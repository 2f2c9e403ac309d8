import type { AnnotationQueries, AnnotationQuery, AnswerIn } from '../../protocol/annotation-messages.ts';
import type { Annotation, Page } from '../../protocol/entities.ts';
import { parseEntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import type { AnnotationState } from './annotation-state.ts';
import { contentOf, sceneOf } from './content.ts';
import { requireActive, requireCreated } from './decision.ts';
import { isSeen } from './reply-tree.ts';

type Answers = AnswerIn<AnnotationQueries, keyof AnnotationQueries>;
type QueryOf<Type extends AnnotationQuery['type']> = Extract<AnnotationQuery, { type: Type }>;

/** Answers a query; what a deleted document holds is hidden with it. @throws Problem `not_found` */
export function answerQuery(state: AnnotationState, query: AnnotationQuery): Answers {
  switch (query.type) {
    case 'document.get':
      return (query.include_deleted ? requireCreated(state) : requireActive(state)).wire;
    case 'document.image':
      return requireActive(state).image;
    case 'annotation.get':
      return getAnnotation(state, query);
    case 'annotation.list':
      return listAnnotations(state, query);
    case 'version.get':
      requireActive(state);
      return found('version', query.id, state.versions.get(normal(query.id)));
    case 'version.byTag':
      requireActive(state);
      return found('version with the tag', query.tag, state.versions.byTag(query.tag));
    case 'version.list':
      requireActive(state);
      return state.versions.page(query.page, query.size);
    case 'export.get':
      requireActive(state);
      return found('export', query.id, state.exports.get(normal(query.id)));
    case 'export.list':
      requireActive(state);
      return state.exports.page(query.page, query.size);
    case 'crdt.state':
      requireActive(state);
      return state.crdt.state;
    case 'crdt.vector':
      requireActive(state);
      return { stateVector: state.crdt.stateVector };
    case 'crdt.difference':
      requireActive(state);
      return state.crdt.differenceTo(query.stateVector);
    case 'content':
      return contentOf(state);
    case 'scene':
      return sceneOf(state);
    default:
      return unreachable(query);
  }
}

function getAnnotation(
  state: AnnotationState,
  { id, include_deleted }: QueryOf<'annotation.get'>,
): Annotation {
  if (include_deleted) requireCreated(state);
  else requireActive(state);
  const known = normal(id);
  return found(
    'annotation',
    id,
    include_deleted ? state.annotations.get(known) : state.annotations.getActive(known),
  );
}

function listAnnotations(
  state: AnnotationState,
  { page, size, include_deleted }: QueryOf<'annotation.list'>,
): Page<Annotation> {
  const { listed, activeCount } = state.annotations;
  if (include_deleted) requireCreated(state);
  else requireActive(state);
  const { items, ...rest } = include_deleted
    ? listed.page(page, size)
    : listed.pageOf(page, size, activeCount, isSeen);
  return { items: items.map(({ wire }) => wire), ...rest };
}

/** Ids are kept in lower case. */
const normal = (id: string): string => parseEntityId(id) ?? id;

function found<T>(what: string, id: string, value: T | undefined): T {
  if (value === undefined) throw Problem.notFound(what, id);
  return value;
}
