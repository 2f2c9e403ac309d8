import type { StageModel } from '../stage/stage-model.ts';
import { panned, zoomedTo } from '../viewport.ts';

/** Lines and pages of a wheel in CSS pixels, as browsers take them. */
const PIXELS_PER_MODE = [1, 16, 400] as const;
/** How much of a wheel's turn doubles the picture. */
const PIXELS_PER_DOUBLING = 240;
/** Smaller steps than those of any wheel are the pinch of a trackpad, which is to lead further. */
const PINCH_STEP = 20;
const PINCH_SPEED = 3;

/** The wheel and the trackpad: they move the picture; with ctrl or ⌘, and by a pinch, they zoom to the pointer. */
export function attachWheel(element: HTMLElement, { board }: StageModel, signal: AbortSignal): void {
  const turned = (event: WheelEvent): void => {
    if (isScrolledItself(event.target, element.parentElement)) return;
    // Else the browser would zoom the whole page, or go back in its history.
    event.preventDefault();
    const unit = PIXELS_PER_MODE[event.deltaMode] ?? 1;
    const [deltaX, deltaY] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      const wanted = deltaY * (event.ctrlKey && Math.abs(deltaY) < PINCH_STEP ? PINCH_SPEED : 1);
      const step = Math.max(-PIXELS_PER_DOUBLING, Math.min(PIXELS_PER_DOUBLING, wanted));
      board.motion.change((view) => zoomedTo(view, view.scale * 2 ** (-step / PIXELS_PER_DOUBLING), at));
    } else {
      const isSideways = event.shiftKey && deltaX === 0;
      board.motion.change((view) =>
        panned(view, isSideways ? { x: -deltaY, y: 0 } : { x: -deltaX, y: -deltaY }),
      );
    }
  };
  // What lies above the stage (pins, cursors) is scrolled past.
  const area = element.parentElement ?? element;
  area.addEventListener('wheel', turned, { signal, passive: false });
}

/** Something between the pointer and the stage has a scroll bar of its own. */
function isScrolledItself(target: EventTarget | null, area: HTMLElement | null): boolean {
  for (
    let at = target instanceof Element ? target : null;
    at !== null && at !== area;
    at = at.parentElement
  ) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return true;
  }
  return false;
}
