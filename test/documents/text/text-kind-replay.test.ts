import { createTextKind } from '../../../documents/text/text-kind.ts';
import { itReplays } from '../../contracts/document-kind-replay.ts';
import { observeText, playText, textSteps } from '../../helpers/text-steps.ts';

describe('a text document', () => {
  itReplays({
    kind: createTextKind({ updates: 5, activeMs: 4 }),
    steps: textSteps,
    play: playText,
    observe: observeText,
    numRuns: 300,
  });
});
