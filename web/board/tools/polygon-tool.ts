import type { Point } from '../../../client/index.ts';
import { to45Degrees } from '../stage/geometry.ts';
import type { StageModel } from '../stage/stage-model.ts';
import { toScreen } from '../viewport.ts';
import { addDrawn, draftOf } from './draw-gestures.ts';
import { CLICK_REACH, type PointerAt } from './gesture.ts';

/** CSS pixels from the first corner within which a click closes the polygon. */
const CLOSE_REACH = 10;

/** A polygon is drawn by many clicks; between them the pointer leads its last side. */
export class PolygonTool {
  readonly #model: StageModel;
  #corners: Point[] = [];
  #pointer: Point | undefined;

  constructor(model: StageModel) {
    this.#model = model;
  }

  get isDrawing(): boolean {
    return this.#corners.length > 0;
  }

  click(at: PointerAt): void {
    const corner = this.#placed(at);
    const [first] = this.#corners;
    if (first !== undefined && this.#corners.length > 2 && this.#isNear(first, at, CLOSE_REACH)) {
      this.close();
      return;
    }
    const last = this.#corners.at(-1);
    // The second click of a double one is no corner of its own.
    if (last === undefined || !this.#isNear(last, at, CLICK_REACH)) this.#corners.push(corner);
    this.#pointer = corner;
    this.#show();
  }

  hover(at: PointerAt): void {
    if (!this.isDrawing) return;
    this.#pointer = this.#placed(at);
    this.#show();
  }

  /** Ends it as it is; of fewer than three corners nothing is left. */
  close(): void {
    const points = this.#corners.map(({ x, y }) => [x, y]);
    this.cancel();
    if (points.length > 2) addDrawn(this.#model.board, { type: 'polygon', geometry: { points } });
  }

  /** Takes the last corner back. */
  back(): void {
    this.#corners.pop();
    if (this.isDrawing) this.#show();
    else this.cancel();
  }

  cancel(): void {
    this.#corners = [];
    this.#pointer = undefined;
    this.#model.draw({ draft: undefined, corners: undefined });
  }

  #placed({ picture, shift }: PointerAt): Point {
    const last = this.#corners.at(-1);
    if (!shift || last === undefined) return rounded(picture);
    const along = to45Degrees({ x: picture.x - last.x, y: picture.y - last.y });
    return rounded({ x: last.x + along.x, y: last.y + along.y });
  }

  #isNear(corner: Point, { screen }: PointerAt, reach: number): boolean {
    const { x, y } = toScreen(corner, this.#model.board.store.getState().viewport);
    return Math.hypot(screen.x - x, screen.y - y) <= reach;
  }

  #show(): void {
    const corners = [...this.#corners, ...(this.#pointer === undefined ? [] : [this.#pointer])];
    const points = corners.map(({ x, y }) => [x, y]);
    const draft =
      points.length < 2
        ? undefined
        : draftOf(points.length < 3 ? 'line' : 'polygon', { points }, this.#model.board);
    this.#model.draw({ draft, corners });
  }
}

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 });
