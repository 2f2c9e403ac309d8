import type { Context } from 'konva/lib/Context';
import type { Layer as KonvaLayer } from 'konva/lib/Layer';
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Layer, Shape, Stage } from 'react-konva/es/ReactKonvaCore.js';
import { useBoardClipboard } from '../board-clipboard.ts';
import { type Board, useBoard, useBoardState } from '../board-context.ts';
import type { Viewport } from '../board-state.ts';
import { selectNext } from '../commands.ts';
import { attachPointer } from '../tools/pointer.ts';
import { reveal } from '../view-commands.ts';
import { AnnotationPainter } from './annotation-painter.ts';
import { useBaseImage } from './base-image.ts';
import styles from './board-stage.module.css';
import { paintOverlay } from './overlay-paint.ts';
import { PageShape } from './page-shape.tsx';
import { StageContext } from './stage-context.ts';
import { StageModel } from './stage-model.ts';
import { StageStatus } from './stage-status.tsx';
import { TextEditor } from './text-editor.tsx';
import { onFonts } from './text-fonts.ts';
import { useFirstFit } from './use-first-fit.ts';
import { useStageCommands } from './use-stage-commands.ts';
import { useStageState } from './use-stage-state.ts';

/** After so long without a move everything is painted as fine as it can be. */
const REST_MS = 140;

/** The picture with its annotations, and what the hand does with them. */
export function BoardStage() {
  const board = useBoard();
  const { store, annotations } = board;
  const model = useMemo(() => new StageModel(board), [board]);
  const element = useRef<HTMLDivElement>(null);
  const pageLayer = useRef<KonvaLayer>(null);
  const shapesLayer = useRef<KonvaLayer>(null);
  const overlayLayer = useRef<KonvaLayer>(null);
  const screen = useBoardState((state) => state.screen);
  const base = useBaseImage();

  // The size of the place, before anything is painted
  useLayoutEffect(() => {
    const place = element.current;
    if (place === null) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = place;
      const { screen: before } = store.getState();
      if (before.width !== width || before.height !== height) store.setState({ screen: { width, height } });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(place);
    return () => observer.disconnect();
  }, [store]);

  const painter = useMemo(() => new AnnotationPainter(annotations), [annotations]);
  const isMoving = useRef(false);
  // The viewport goes straight to konva: nothing renders while the picture is moved.
  useLayoutEffect(() => {
    const draw = (...drawn: (typeof pageLayer)[]): void => {
      for (const layer of drawn) layer.current?.batchDraw();
    };
    let rest: ReturnType<typeof setTimeout> | undefined;
    const moved = (): void => {
      isMoving.current = true;
      clearTimeout(rest);
      tellViewport(element.current, undefined);
      rest = setTimeout(() => {
        isMoving.current = false;
        draw(pageLayer, shapesLayer);
        tellViewport(element.current, store.getState().viewport);
      }, REST_MS);
      draw(pageLayer, shapesLayer, overlayLayer);
    };
    moved();
    const stops = [
      store.subscribe((state, before) => {
        painter.hide(state.editing?.id);
        if (state.editing?.id !== before.editing?.id) draw(shapesLayer);
        if (state.viewport !== before.viewport || state.screen !== before.screen) moved();
        else if (
          state.selection !== before.selection ||
          state.tool !== before.tool ||
          state.editing !== before.editing ||
          state.shaping !== before.shaping
        ) {
          draw(overlayLayer);
        }
      }),
      annotations.subscribeAny((ids) => {
        painter.changed(ids);
        draw(shapesLayer);
        // Frames follow what is selected; what is gone is not selected any more.
        const { selection } = store.getState();
        if (!selection.some((id) => ids.has(id))) return;
        const left = selection.filter((id) => annotations.get(id) !== undefined);
        if (left.length < selection.length) store.setState({ selection: left });
        draw(overlayLayer);
      }),
      annotations.subscribeOrder(() => {
        painter.forget();
        draw(shapesLayer);
      }),
      onFonts(() => {
        painter.forget();
        draw(shapesLayer, overlayLayer);
      }),
    ];
    return () => {
      clearTimeout(rest);
      for (const stop of stops) stop();
    };
  }, [store, annotations, painter]);

  useEffect(() => {
    const place = element.current;
    if (place === null) return;
    model.attach(place, () => overlayLayer.current?.batchDraw());
    return attachPointer(place, model);
  }, [model]);

  useFirstFit();
  useStageCommands();
  useBoardClipboard(board);
  const paint = useCallback((context: Context) => paintOverlay(context._context, model), [model]);
  const paintShapes = useCallback(
    ({ _context }: Context) => {
      const { viewport, screen: size } = store.getState();
      painter.paint(_context, viewport, size, isMoving.current);
    },
    [store, painter],
  );
  const state = useStageState(base);
  return (
    <StageContext.Provider value={model}>
      <div
        ref={element}
        className={styles.stage}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the board work where it has the focus
        tabIndex={0}
        aria-label="Board"
        aria-describedby="board-stage-help"
        onKeyDown={(event) => walk(event, board)}
        {...state}
      >
        <Stage width={screen.width} height={screen.height} listening={false}>
          <Layer ref={pageLayer} listening={false}>
            <PageShape base={base} isMoving={isMoving} />
          </Layer>
          <Layer ref={shapesLayer} listening={false}>
            <Shape sceneFunc={paintShapes} listening={false} perfectDrawEnabled={false} />
          </Layer>
          <Layer ref={overlayLayer} listening={false}>
            <Shape sceneFunc={paint} listening={false} perfectDrawEnabled={false} />
          </Layer>
        </Stage>
      </div>
      <TextEditor />
      <StageStatus />
    </StageContext.Provider>
  );
}

/** `data-viewport`: `x y scale` while the picture is at rest, for tests. */
function tellViewport(element: HTMLElement | null, viewport: Viewport | undefined): void {
  if (element === null) return;
  if (viewport === undefined) element.removeAttribute('data-viewport');
  else element.dataset['viewport'] = `${viewport.x} ${viewport.y} ${viewport.scale}`;
}

/** Tab walks from one annotation to the next; at either end it goes on to what is beside the board. */
function walk(event: KeyboardEvent<HTMLDivElement>, board: Board): void {
  const { key, shiftKey, ctrlKey, altKey, metaKey, target, currentTarget } = event;
  if (key !== 'Tab' || ctrlKey || altKey || metaKey || target !== currentTarget) return;
  const id = selectNext(board, shiftKey ? -1 : 1);
  if (id === undefined) return;
  event.preventDefault();
  reveal(board, id);
}
