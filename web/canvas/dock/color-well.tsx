import { useEffect, useRef } from 'react';
import { toast } from '../../ui/toast.tsx';
import { useCanvas, useCanvasState } from '../live/canvas-context.ts';
import { namesOfPalette } from './color-names.ts';
import styles from './dock.module.css';
import { nearestColor } from './nearest-color.ts';

/**
 * Shows the colour that is painted with, and lets one ask for any other: of the palette, which is all that the canvas takes,
 * the one that looks most like it is chosen.
 */
export function ColorWell() {
  const { live, store } = useCanvas();
  const value = useCanvasState(({ facts, color }) => facts?.palette[color]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null && value !== undefined) input.current.value = value;
  }, [value]);
  useEffect(() => {
    const element = input.current;
    if (element === null) return undefined;
    // React's `onChange` is told of every move within the browser's dialog; this one of what was chosen.
    const chosen = (): void => {
      const palette = store.getState().facts?.palette;
      if (palette === undefined) return;
      const wanted = element.value;
      const color = nearestColor(palette)(Number.parseInt(wanted.slice(1), 16));
      const nearest = palette[color] ?? wanted;
      const name = namesOfPalette(palette)[color] ?? '';
      store.setState({ color, tool: 'brush' });
      element.value = nearest;
      if (nearest.toLowerCase() === wanted.toLowerCase()) live.heard(name);
      else {
        const detail = 'This canvas is painted in the colours of its palette.';
        toast({ title: `${name} comes nearest`, detail, key: 'nearest' });
      }
    };
    element.addEventListener('change', chosen);
    return () => element.removeEventListener('change', chosen);
  }, [live, store]);
  return (
    <input
      ref={input}
      type="color"
      className={styles.well}
      aria-label="Custom colour"
      title="Any colour: the nearest one of the palette is taken"
    />
  );
}
