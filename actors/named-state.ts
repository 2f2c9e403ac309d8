import type { Document, Version } from '../protocol/entities.ts';
import { type EntityId, parseEntityId, type Seq } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { AnnotationDocument } from './annotation-document.ts';
import type { Caller } from './caller.ts';

/** How a caller names a past state: by one of these, or by none for the present one. */
export interface StateName {
  readonly seq?: number;
  readonly tag?: string;
  readonly version_id?: string;
}

/**
 * The event after which a document was as a caller wants it; `undefined` for the present state.
 *
 * @param place where the caller names it: `/body` or `/query`
 * @throws Problem `invalid` where it names two, one that is not yet, or a version that the document does not have
 */
export async function seqNamed(
  document: AnnotationDocument,
  name: StateName,
  place: string,
): Promise<Seq | undefined> {
  const given = (['seq', 'tag', 'version_id'] as const).filter((member) => name[member] !== undefined);
  if (given.length > 1) {
    throw Problem.invalid(`${place}/${given[1]}`, `cannot be given together with ${given[0]}`);
  }
  if (name.seq !== undefined) {
    await checkPast(document, name.seq, place);
    return name.seq;
  }
  return (await versionNamed(document, name, place))?.seq;
}

/** @throws Problem `invalid` where there is no such event yet */
export async function checkPast(document: AnnotationDocument, seq: Seq, place: string): Promise<void> {
  if (seq > (await document.ref.head())) throw Problem.invalid(`${place}/seq`, 'is ahead of the document');
}

async function versionNamed(
  document: AnnotationDocument,
  { tag, version_id }: StateName,
  place: string,
): Promise<Version | undefined> {
  try {
    if (tag !== undefined) return await document.query({ type: 'version.byTag', tag });
    if (version_id === undefined) return undefined;
    const id = (parseEntityId(version_id) ?? version_id) as EntityId;
    return await document.query({ type: 'version.get', id });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'not_found') throw error;
    throw Problem.invalid(
      `${place}/${tag === undefined ? 'version_id' : 'tag'}`,
      'is no version of this document',
    );
  }
}

/** Brings back what a version captured; `seq` is that of the event. */
export async function revertTo(
  document: AnnotationDocument,
  { id, seq }: Version,
  expected: number | undefined,
  caller: Caller,
): Promise<{ readonly seq: Seq; readonly answer: Document }> {
  const content = await document.queryAt(seq, { type: 'content' });
  return document.apply(
    {
      type: 'document.revert',
      version_id: id as EntityId,
      content,
      ...(expected === undefined ? {} : { version: expected }),
    },
    caller,
  );
}
