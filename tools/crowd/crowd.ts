import type { CanvasesApi } from '../../client/canvases-api.ts';
import type { CrowdBoard } from './crowd-board.ts';
import type { CrowdPictures } from './crowd-picture.ts';
import type { CrowdTally } from './crowd-tally.ts';

/** What all clients of a crowd have in common. */
export interface Crowd {
  /** Of the door, without a token. */
  readonly socketUrl: string;
  readonly api: CanvasesApi;
  readonly tally: CrowdTally;
  readonly board: CrowdBoard;
  readonly pictures: CrowdPictures;
}
