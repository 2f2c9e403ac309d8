import { annotationKind } from '../../../documents/annotation/annotation-kind.ts';
import { itReplays } from '../../contracts/document-kind-replay.ts';
import { observe } from '../../helpers/annotation-document.ts';
import { play } from '../../helpers/annotation-play.ts';
import { steps } from '../../helpers/annotation-steps.ts';

describe('an annotation document', () => {
  itReplays({ kind: annotationKind, steps, play, observe, numRuns: 100 });
});
