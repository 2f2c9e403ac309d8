import { addLayers } from '../layers/all-layers.ts';
import type { CanvasTools } from '../live/canvas-context.ts';
import { followAim } from './aim-focus.ts';
import { CellDescriber } from './cell-describer.ts';
import { type GestureHandler, Gestures } from './gestures.ts';
import { HoverCard } from './hover-card.ts';
import { Speaker } from './speaker.ts';
import { SurfaceKeys } from './surface-keys.ts';
import { cellAt, centerOf, isInside, type Point, type Rect, rectBetween } from './viewport.ts';

export interface SurfaceElements {
  /** Takes the focus and all pointers. */
  readonly root: HTMLElement;
  readonly picture: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly card: HTMLElement;
  /** A live region. */
  readonly spoken: HTMLElement;
  /** Where one is and how large. */
  readonly readout: HTMLElement;
}

/** How large a finger's tap on something small makes it. */
const NEAR_SCALE = 16;

/**
 * Everything that happens on the picture itself: pointers, keys, the cell cursor, the words beside it. One per page; it draws
 * through the stage and asks React for nothing.
 */
export class Surface implements GestureHandler {
  readonly #tools: CanvasTools;
  readonly #elements: SurfaceElements;
  readonly #card: HoverCard;
  readonly #speaker: Speaker;
  readonly #words: CellDescriber;
  readonly #keys: SurfaceKeys;
  readonly #stops: (() => void)[];
  #cursor: { readonly cell: Point; readonly isByKeys: boolean } | undefined;
  /** The first corner of a region that is being chosen. */
  #corner: Point | undefined;
  #dragged: Rect | undefined;

  constructor(tools: CanvasTools, elements: SurfaceElements) {
    this.#tools = tools;
    this.#elements = elements;
    this.#card = new HoverCard(elements.card);
    this.#speaker = new Speaker(elements.spoken);
    this.#words = new CellDescriber(tools, this.#card, this.#speaker);
    const { stage, live, store } = tools;
    live.heard = (words) => this.#speaker.say(words);
    addLayers(tools, () => ({ cursor: this.#cursor, chosen: this.#dragged }));
    const gestures = new Gestures(elements.root, stage, this);
    this.#keys = new SurfaceKeys(elements.root, tools, gestures, {
      cursor: () => this.#cursor?.cell,
      moveTo: (cell) => this.#moveCursor(cell),
      press: (cell) => this.#pressKey(cell),
    });
    this.#stops = [
      stage.attach(elements),
      stage.onView(() => this.#viewed()),
      stage.onPixels(() => {
        const { cell, isByKeys = false } = this.#cursor ?? {};
        if (cell !== undefined) this.#words.refresh(cell, isByKeys, () => this.#isAt(cell));
      }),
      store.subscribe(() => {
        if (store.getState().aim === undefined) [this.#corner, this.#dragged] = [undefined, undefined];
        stage.drawOverlay();
      }),
      followAim(elements.root, store, (words) => this.#speaker.announce(words)),
      () => gestures.destroy(),
      () => this.#keys.destroy(),
      () => this.#speaker.stop(),
      () => this.#words.forget(),
    ];
    this.#viewed();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.#tools.live.heard = () => undefined;
    this.#tools.stage.clearLayers();
  }

  get press(): 'draw' | 'tap' | 'none' {
    const { aim, tool, showsPast } = this.#tools.store.getState();
    if (aim !== undefined) return aim.kind === 'region' ? 'draw' : 'tap';
    if (tool === 'hand' || showsPast) return 'none';
    return tool === 'picker' ? 'tap' : 'draw';
  }

  hover(point: Point | undefined): void {
    const { stage } = this.#tools;
    const { picture } = stage;
    const cell = point === undefined ? undefined : cellAt(stage.view, point);
    if (point === undefined || cell === undefined || picture === undefined || !isInside(cell, picture)) {
      // The pointer goes, a cursor that keys have moved stays.
      if (this.#cursor?.isByKeys) return;
      this.#cursor = undefined;
      stage.anchor = point;
      this.#card.hide();
      this.#words.forget();
    } else {
      stage.anchor = point;
      const isSame = this.#isAt(cell) && this.#cursor?.isByKeys === false;
      this.#cursor = { cell, isByKeys: false };
      if (!isSame) this.#words.describe(cell, this.#cursor?.isByKeys ?? false, () => this.#isAt(cell));
      this.#card.move(point, stage.screen);
    }
    this.#readOut();
    stage.drawOverlay();
  }

  down(point: Point): void {
    const { stage, store, pen } = this.#tools;
    const cell = cellAt(stage.view, point);
    this.#focus();
    if (store.getState().aim === undefined) pen.down(cell);
    else this.#corner = cell;
    this.move([point]);
  }

  move(points: readonly Point[]): void {
    const { stage, pen } = this.#tools;
    for (const point of points) {
      const cell = cellAt(stage.view, point);
      if (this.#corner === undefined) pen.to(cell);
      else this.#dragged = rectBetween(this.#corner, cell, stage.picture ?? ONE_CELL);
    }
    stage.drawOverlay();
  }

  up(): void {
    this.#tools.pen.up();
    if (this.#dragged !== undefined) this.#choose(this.#dragged);
  }

  cancel(): void {
    this.#tools.pen.up();
    [this.#corner, this.#dragged] = [undefined, undefined];
    this.#tools.stage.drawOverlay();
  }

  tap(point: Point): void {
    const { stage } = this.#tools;
    const cell = cellAt(stage.view, point);
    this.#focus();
    if (stage.picture !== undefined && isInside(cell, stage.picture)) this.#point(cell);
  }

  inspect(point: Point): void {
    this.hover(point);
  }

  tapFar(point: Point): void {
    const { stage } = this.#tools;
    const cell = cellAt(stage.view, point);
    if (stage.picture !== undefined && isInside(cell, stage.picture)) stage.lookAt(cell, NEAR_SCALE);
  }

  #isAt({ x, y }: Point): boolean {
    return this.#cursor?.cell.x === x && this.#cursor.cell.y === y;
  }

  /** Keys move the cursor: it is followed, and screen readers hear where it is. */
  #moveCursor(cell: Point): void {
    const { stage } = this.#tools;
    this.#cursor = { cell, isByKeys: true };
    stage.reveal(cell);
    this.#words.describe(cell, this.#cursor?.isByKeys ?? false, () => this.#isAt(cell));
    const { x, y } = centerOf(stage.view, cell);
    stage.anchor = { x, y };
    this.#card.move({ x: x + stage.view.scale / 2, y: y + stage.view.scale / 2 }, stage.screen);
    if (this.#corner !== undefined) {
      this.#dragged = rectBetween(this.#corner, cell, stage.picture ?? ONE_CELL);
    }
    this.#readOut();
    stage.drawOverlay();
  }

  /** Enter or Space at the cell cursor: what a press would do. */
  #pressKey(cell: Point): void {
    const { store } = this.#tools;
    const { aim } = store.getState();
    if (aim?.kind !== 'region') {
      this.#point(cell);
    } else if (this.#corner === undefined) {
      this.#corner = cell;
      this.#speaker.say('First corner set. Move to the other corner and press Enter.');
    } else {
      this.#choose(rectBetween(this.#corner, cell, this.#tools.stage.picture ?? ONE_CELL));
    }
  }

  #point(cell: Point): void {
    const { store, live, pen } = this.#tools;
    const { aim, tool, color, facts } = store.getState();
    if (aim?.kind === 'cell') {
      store.setState({ aim: undefined });
      aim.done(cell);
    } else if (tool === 'picker') {
      const picked = live.connection.pixels[cell.y * (facts?.width ?? 0) + cell.x] ?? color;
      store.setState({ color: picked, tool: 'brush' });
      this.#speaker.say(`${this.#words.nameOf(picked)} picked`);
    } else if (tool !== 'hand') {
      const name = tool === 'eraser' ? 'Erased' : `${this.#words.nameOf(color)} painted`;
      const isNot = (): void => this.#speaker.say(`Not painted at ${cell.x}, ${cell.y}`);
      // What was not even tried has been refused in words already.
      const done = pen.dot(cell);
      if (done === undefined) isNot();
      else done.then(() => this.#speaker.say(`${name} at ${cell.x}, ${cell.y}`), isNot);
    }
  }

  #choose(region: Rect): void {
    const { store } = this.#tools;
    const { aim } = store.getState();
    [this.#corner, this.#dragged] = [undefined, undefined];
    if (aim?.kind !== 'region') return;
    store.setState({ aim: undefined });
    aim.done(region);
  }

  #viewed(): void {
    const { x, y, scale } = this.#tools.stage.view;
    // For whoever has to find a cell on the screen, such as a test.
    this.#elements.root.dataset['view'] = `${x},${y},${scale}`;
    this.#readOut();
  }

  #readOut(): void {
    const { scale } = this.#tools.stage.view;
    const zoom = scale >= 1 ? `${Math.round(scale * 10) / 10}×` : `${Math.round(scale * 100)} %`;
    const place = this.#cursor === undefined ? '' : `${this.#cursor.cell.x}, ${this.#cursor.cell.y} · `;
    this.#elements.readout.textContent = place + zoom;
  }

  /** By the pointer: keys go to the picture from now on, and nothing moves under the hand. */
  #focus(): void {
    this.#keys.focusByPointer();
  }
}

const ONE_CELL = { width: 1, height: 1 };
