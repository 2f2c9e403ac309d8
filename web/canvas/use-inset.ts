import { useEffect, useRef } from 'react';
import { useCanvas } from './live/canvas-context.ts';
import type { Size } from './view/viewport.ts';

/** Between what floats and the picture, CSS pixels. */
const AIR = 20;

/** The space beside an element and the edge of the page that it floats at, CSS pixels. */
const EDGE = 12;

/**
 * Tells the stage which side the paint box covers and how much of it, so that fitting and revealing spare it; toasts do too.
 * A paint box that is higher than wide is at the right.
 */
export function useDockInset() {
  const { stage } = useCanvas();
  return useSize(({ width, height }) => {
    const isAtSide = height > width;
    const [right, bottom] = isAtSide ? [width + EDGE, 0] : [0, height === 0 ? 0 : height + EDGE];
    stage.insets = { ...stage.insets, right: spared(right), bottom: spared(bottom) };
    keepToastsOff('dock', { right, bottom });
  });
}

const spared = (pixels: number): number => (pixels === 0 ? 0 : pixels + AIR);

/** Lets toasts appear beside an element at the right, unless it is as wide as a phone. */
export const useToastsBeside = () =>
  useSize(({ width }) =>
    keepToastsOff('drawer', { right: width > window.innerWidth / 2 ? 0 : width, bottom: 0 }),
  );

/** What stands at the edges of the page, one beside the other. */
const atEdges = { dock: { right: 0, bottom: 0 }, drawer: { right: 0, bottom: 0 } };

function keepToastsOff(
  what: keyof typeof atEdges,
  size: { readonly right: number; readonly bottom: number },
): void {
  atEdges[what] = size;
  const { style } = document.documentElement;
  for (const side of ['right', 'bottom'] as const)
    style.setProperty(`--toast-${side}`, `${atEdges.dock[side] + atEdges.drawer[side]}px`);
}

/** Tells a size whenever it changes, and nothing at all at the end. */
function useSize(tell: (size: Size) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => latest.current({ width: element.offsetWidth, height: element.offsetHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
      latest.current({ width: 0, height: 0 });
    };
  }, []);
  return ref;
}
