import type { Tool } from '../board-state.ts';
import { cursorOf, handleAt } from '../stage/handles.ts';
import type { StageModel } from '../stage/stage-model.ts';
import { toPicture } from '../viewport.ts';
import { attachContextMenu } from './context-press.ts';
import { dragGesture, freehandGesture } from './draw-gestures.ts';
import { isDragTool } from './drawn-shape.ts';
import { editText } from './edit-text.ts';
import type { Gesture, PointerAt } from './gesture.ts';
import { PolygonTool } from './polygon-tool.ts';
import { annotationAt, select, selectGesture } from './select-gestures.ts';
import { beginShaping, endShapingOfOthers } from './shaping.ts';
import { Pinch, panGesture } from './view-gestures.ts';
import { attachWheel } from './wheel.ts';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const MIDDLE_BUTTON = 1;

/** Listens to the pointer over the stage and lets the tool in hand do its work. @returns a function that ends it */
export function attachPointer(element: HTMLElement, model: StageModel): () => void {
  const controller = new PointerController(element, model);
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const on = element.addEventListener.bind(element);
  on('pointerdown', controller.down, options);
  on('pointermove', controller.move, options);
  on('pointerup', controller.up, options);
  on('pointercancel', controller.taken, options);
  on('pointerleave', controller.left, options);
  on('dblclick', controller.doubleClick, options);
  attachWheel(element, model, stop.signal);
  attachContextMenu(element, model, controller, stop.signal);
  window.addEventListener('keydown', controller.keyDown, { ...options, capture: true });
  window.addEventListener('keyup', controller.keyUp, options);
  window.addEventListener('blur', controller.blur, options);
  const unsubscribe = model.board.store.subscribe((state, before) => {
    if (state.tool !== before.tool) controller.toolChanged();
    endShapingOfOthers(model.board);
  });
  return () => {
    unsubscribe();
    controller.drop();
    stop.abort();
  };
}

class PointerController {
  readonly #element: HTMLElement;
  readonly #model: StageModel;
  readonly #pinch: Pinch;
  readonly #polygon: PolygonTool;
  #gesture: { readonly pointerId: number; readonly does: Gesture } | undefined;
  #isSpaceDown = false;

  constructor(element: HTMLElement, model: StageModel) {
    this.#element = element;
    this.#model = model;
    this.#pinch = new Pinch(model);
    this.#polygon = new PolygonTool(model);
    this.#showCursor();
  }

  /** Clicks of a polygon have been made, which another press is not to undo. */
  get isDrawing(): boolean {
    return this.#polygon.isDrawing;
  }

  readonly down = (event: PointerEvent): void => {
    const { store } = this.#model.board;
    if (event.button > MIDDLE_BUTTON || store.getState().moment !== undefined) return;
    if (event.pointerType !== 'touch') event.preventDefault();
    this.#model.focus();
    const at = this.#at(event);
    if (event.pointerType === 'touch') {
      this.#pinch.down(event.pointerId, at);
      if (this.#pinch.isOn) {
        this.drop();
        return;
      }
    }
    if (this.#gesture !== undefined) return;
    const does = this.#begin(event, at);
    if (does === undefined) return;
    this.#gesture = { pointerId: event.pointerId, does };
    this.#element.setPointerCapture(event.pointerId);
  };

  #begin(event: PointerEvent, at: PointerAt): Gesture | undefined {
    const { tool } = this.#model.board.store.getState();
    if (event.button === MIDDLE_BUTTON || this.#isSpaceDown || tool === 'pan')
      return panGesture(this.#model, at);
    if (tool === 'select') return selectGesture(this.#model, at);
    if (tool === 'freehand') return freehandGesture(this.#model, at);
    if (isDragTool(tool)) return dragGesture(this.#model, at, tool);
    if (tool === 'comment') return this.#commenting(at);
    this.#polygon.click(at);
    return undefined;
  }

  /** A click puts a comment there; on an annotation it goes with it. */
  #commenting(start: PointerAt): Gesture {
    return {
      move: () => {},
      end: () => {
        const { store } = this.#model.board;
        const met = annotationAt(this.#model, start);
        const { x, y } = start.picture;
        const { isToolKept } = store.getState();
        store.setState({
          draft: { x, y, ...(met === undefined ? {} : { annotationId: met.id }) },
          ...(isToolKept ? {} : { tool: 'select' }),
        });
      },
      cancel: () => {},
    };
  }

  readonly move = (event: PointerEvent): void => {
    const at = this.#at(event);
    if (event.pointerType === 'touch' && this.#pinch.move(event.pointerId, at)) return;
    if (this.#gesture?.pointerId === event.pointerId) {
      const passed = event.getCoalescedEvents?.() ?? [];
      this.#gesture.does.move(passed.length > 0 ? passed.map((each) => this.#at(each)) : [at]);
      return;
    }
    if (this.#gesture !== undefined || event.pointerType === 'touch') return;
    this.#polygon.hover(at);
    this.#hover(at);
  };

  readonly up = (event: PointerEvent): void => {
    this.#pinch.up(event.pointerId);
    if (this.#gesture?.pointerId !== event.pointerId) return;
    const { does } = this.#gesture;
    this.#gesture = undefined;
    does.end(this.#at(event));
    this.#showCursor();
  };

  /** By the platform, such as for a gesture of its own. */
  readonly taken = (event: PointerEvent): void => {
    this.#pinch.up(event.pointerId);
    if (this.#gesture?.pointerId === event.pointerId) this.drop();
  };

  readonly left = (): void => {
    if (this.#model.overlay.hovered !== undefined) this.#model.draw({ hovered: undefined });
  };

  readonly doubleClick = (event: MouseEvent): void => {
    const { board } = this.#model;
    if (this.#polygon.isDrawing) {
      this.#polygon.close();
      return;
    }
    if (board.store.getState().tool !== 'select') return;
    const met = annotationAt(this.#model, this.#at(event));
    if (met === undefined) return;
    select(board, [met.id]);
    if (met.type === 'text') editText(board, met.id);
    else beginShaping(board, met.id);
  };

  /** Keys that a gesture needs itself; before all others hear of them. */
  readonly keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#gesture !== undefined) this.drop();
    else if (this.#polygon.isDrawing && event.key === 'Escape') this.#polygon.cancel();
    else if (this.#polygon.isDrawing && event.key === 'Enter') this.#polygon.close();
    else if (this.#polygon.isDrawing && event.key === 'Backspace') this.#polygon.back();
    else if (event.key === ' ' && this.#ownsSpace(event)) {
      this.#isSpaceDown = true;
      this.#showCursor();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Buttons and fields need it themselves. */
  #ownsSpace({ target }: KeyboardEvent): boolean {
    return target === this.#element || target === document.body;
  }

  readonly keyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || !this.#isSpaceDown) return;
    this.#isSpaceDown = false;
    this.#showCursor();
  };

  readonly blur = (): void => {
    this.#isSpaceDown = false;
    this.#showCursor();
  };

  toolChanged(): void {
    if (this.#polygon.isDrawing) this.#polygon.cancel();
    this.#showCursor();
    this.#model.draw({ hovered: undefined });
  }

  /** Ends what is going on, as if it had not begun. */
  drop(): void {
    this.#gesture?.does.cancel();
    this.#gesture = undefined;
    this.#showCursor();
  }

  #hover(at: PointerAt): void {
    const { tool } = this.#model.board.store.getState();
    if (tool !== 'select' || this.#isSpaceDown) return;
    const handle = handleAt(this.#model.handles(), at.screen);
    const met = handle === undefined ? annotationAt(this.#model, at) : undefined;
    const frame = this.#model.frame();
    const rotation = frame?.kind === 'box' ? frame.rotation : 0;
    this.#model.setCursor(handle ? cursorOf(handle, rotation) : met ? 'move' : 'default');
    if (this.#model.overlay.hovered !== met?.id) this.#model.draw({ hovered: met?.id });
  }

  #showCursor(): void {
    const { tool } = this.#model.board.store.getState();
    this.#model.setCursor(this.#isSpaceDown ? 'grab' : CURSORS[tool]);
  }

  #at(event: MouseEvent): PointerAt {
    const { left, top } = this.#element.getBoundingClientRect();
    const screen = { x: event.clientX - left, y: event.clientY - top };
    const pen = event instanceof PointerEvent && event.pointerType === 'pen' ? event.pressure : undefined;
    return {
      screen,
      picture: toPicture(screen, this.#model.board.motion.current),
      shift: event.shiftKey,
      alt: event.altKey,
      mod: IS_MAC ? event.metaKey : event.ctrlKey,
      pressure: pen,
      isTouch: event instanceof PointerEvent && event.pointerType === 'touch',
    };
  }
}

const CURSORS: Readonly<Record<Tool, string>> = {
  select: 'default',
  pan: 'grab',
  text: 'text',
  box: 'crosshair',
  ellipse: 'crosshair',
  arrow: 'crosshair',
  line: 'crosshair',
  polygon: 'crosshair',
  freehand: 'crosshair',
  comment: 'crosshair',
};
