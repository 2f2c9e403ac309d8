import { canvasKind } from '../../../documents/canvas/canvas-kind.ts';
import { itReplays } from '../../contracts/document-kind-replay.ts';
import { canvasSteps, observeCanvas, playCanvas } from '../../helpers/canvas-steps.ts';

describe('a canvas', () => {
  itReplays({
    kind: canvasKind,
    steps: canvasSteps,
    play: playCanvas,
    observe: observeCanvas,
    numRuns: 300,
  });
});
