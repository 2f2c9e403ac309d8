import type { EntityId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { TAG } from '../../protocol/tag.ts';
import { FieldErrors } from '../field-errors.ts';
import type { Instant } from '../kind.ts';
import { checkText } from '../well-formed-text.ts';
import type { AnnotationState } from './annotation-state.ts';
import { type Carried, type Decision, requireActive } from './decision.ts';
import { encodeSnapshot } from './snapshot-codec.ts';

const SUMMARY_BOUNDS = { min: 0, max: 1_000 };

/**
 * Names the state as it is, or as it was after event `past.seq`: its snapshot is pinned, so that it can be brought back
 * whatever is pruned.
 */
export function createVersion(
  state: AnnotationState,
  { change_summary, tag, past }: Carried<'version.create'>,
  instant: Instant,
  newId: () => string,
): Decision {
  requireActive(state);
  const errors = new FieldErrors();
  checkText(change_summary, SUMMARY_BOUNDS, '/body/change_summary', errors);
  if (tag !== undefined && !TAG.test(tag)) {
    errors.add('/body/tag', 'must be 1 to 64 characters, none a control character, no space at either end');
  }
  const present = instant.seq - 1;
  if (past !== undefined && !(Number.isInteger(past.seq) && past.seq >= 1 && past.seq <= present)) {
    errors.add('/body/seq', `must be a whole number from 1 to ${present}`);
  }
  errors.throwIfAny();
  if (tag !== undefined && state.versions.byTag(tag) !== undefined) {
    throw new Problem('tag_taken', `Another version of the document has the tag ${tag}.`);
  }
  const seq = past?.seq ?? present;
  return {
    event: {
      type: 'version.created',
      id: newId() as EntityId,
      seq,
      change_summary,
      ...(tag === undefined ? {} : { tag }),
    },
    pin: { seq, bytes: past?.state ?? encodeSnapshot(state) },
  };
}
