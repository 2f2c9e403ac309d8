import type { EntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import type { Instant } from '../kind.ts';
import { checkText } from '../well-formed-text.ts';
import type { AnnotationState } from './annotation-state.ts';
import { type Carried, type Decision, requireActive } from './decision.ts';
import { encodeSnapshot } from './snapshot-codec.ts';

const SUMMARY_BOUNDS = { min: 0, max: 1_000 };
const TAG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Names the state as it is: its snapshot is pinned, so that it can be brought back whatever is pruned. */
export function createVersion(
  state: AnnotationState,
  { change_summary, tag }: Carried<'version.create'>,
  instant: Instant,
  newId: () => string,
): Decision {
  requireActive(state);
  const errors = new FieldErrors();
  checkText(change_summary, SUMMARY_BOUNDS, '/body/change_summary', errors);
  if (tag !== undefined && !TAG.test(tag)) {
    errors.add(
      '/body/tag',
      'must be 1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit',
    );
  }
  errors.throwIfAny();
  if (tag !== undefined && state.versions.byTag(tag) !== undefined) {
    throw new Problem('tag_taken', `Another version of the document has the tag ${tag}.`);
  }
  const seq = instant.seq - 1;
  return {
    event: {
      type: 'version.created',
      id: newId() as EntityId,
      seq,
      change_summary,
      ...(tag === undefined ? {} : { tag }),
    },
    pin: { seq, bytes: encodeSnapshot(state) },
  };
}
