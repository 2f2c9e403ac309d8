import { useEffect, useRef } from 'react';
import { useCanvas } from './live/canvas-context.ts';

/** Between what floats and the picture, CSS pixels. */
const AIR = 20;

/** Tells the stage how high an element covers its lower side, so that fitting and revealing spare it; toasts do too. */
export function useBottomInset() {
  const { stage } = useCanvas();
  return useSize((height) => {
    stage.insets = { ...stage.insets, bottom: height === 0 ? 0 : height + AIR };
    keepToastsOff('bottom', height);
  }, 'offsetHeight');
}

/** Lets toasts appear beside an element at the right, unless it is as wide as a phone. */
export const useToastsBeside = () =>
  useSize((width) => keepToastsOff('right', width > window.innerWidth / 2 ? 0 : width), 'offsetWidth');

const keepToastsOff = (side: 'bottom' | 'right', pixels: number): void =>
  document.documentElement.style.setProperty(`--toast-${side}`, `${pixels}px`);

/** Tells a size whenever it changes, and 0 at the end. */
function useSize(tell: (pixels: number) => void, dimension: 'offsetWidth' | 'offsetHeight') {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => latest.current(element[dimension]);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
      latest.current(0);
    };
  }, [dimension]);
  return ref;
}
