import { useEffect, useRef } from 'react';
import { Loading } from '../ui/state.tsx';
import styles from './canvas-surface.module.css';
import { useCanvas, useCanvasState } from './live/canvas-context.ts';
import { Surface } from './view/surface.ts';

const HELP =
  'Arrow keys move the cell cursor, with Shift by ten. Enter or Space paints. B brush, E eraser, I picks a colour, ' +
  'G grid, plus and minus zoom, 0 shows the whole canvas. Colours are in the palette after this.';

/** Where the picture is. React only makes the elements: `view/surface.ts` does the rest. */
export function CanvasSurface() {
  const tools = useCanvas();
  const facts = useCanvasState((state) => state.facts);
  const isLoaded = useCanvasState((state) => state.isLoaded);
  const isEnded = useCanvasState(({ ended }) => ended !== undefined);
  const tool = useCanvasState(({ aim, tool, showsPast }) => (aim ? 'aim' : showsPast ? 'hand' : tool));
  const root = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const spoken = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const elements = [root, picture, overlay, card, spoken, readout].map(({ current }) => current);
    if (elements.some((element) => element === null)) return undefined;
    const surface = new Surface(tools, {
      root: root.current as HTMLElement,
      picture: picture.current as HTMLCanvasElement,
      overlay: overlay.current as HTMLCanvasElement,
      card: card.current as HTMLElement,
      spoken: spoken.current as HTMLElement,
      readout: readout.current as HTMLElement,
    });
    return () => surface.destroy();
  }, [tools]);
  const size = facts === undefined ? '' : `, ${facts.width} by ${facts.height} pixels`;
  return (
    <>
      <div
        ref={root}
        className={styles.root}
        role="application"
        aria-label={`${facts?.canvas.name ?? 'Pixel canvas'}${size}`}
        aria-describedby="canvas-help"
        aria-busy={!isLoaded}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        data-tool={tool}
      >
        <canvas ref={picture} className={styles.layer} aria-hidden />
        <canvas ref={overlay} className={styles.layer} aria-hidden />
      </div>
      <div ref={card} className={styles.card} hidden aria-hidden>
        <span className={styles.line}>
          <span data-part="swatch" className={styles.swatch} />
          <span data-part="color" className={styles.color} />
          <span data-part="place" className={styles.place} />
        </span>
        <span data-part="painter" className={styles.painter} hidden />
        <span data-part="lock" className={styles.lock} hidden />
      </div>
      <div ref={readout} className={styles.readout} aria-hidden />
      <div ref={spoken} className="visually-hidden" aria-live="polite" />
      <p id="canvas-help" className="visually-hidden">
        {HELP}
      </p>
      {!isLoaded && !isEnded && (
        <div className={styles.loading}>
          <Loading label="The canvas is loading" />
        </div>
      )}
    </>
  );
}
