import type { CanvasTools } from '../live/canvas-context.ts';
import type { Point, Rect } from '../view/viewport.ts';
import { type CursorLook, chosenLayer, cursorLayer } from './cursor-layer.ts';
import { gridLayer } from './grid-layer.ts';
import { lockLayer } from './lock-layer.ts';
import { pendingLayer } from './pending-layer.ts';
import { templateLayer } from './template-layer.ts';

/** What the pointer or the keys are doing. */
export interface Pointed {
  readonly cursor: { readonly cell: Point; readonly isByKeys: boolean } | undefined;
  /** A region that is being dragged. */
  readonly chosen: Rect | undefined;
}

/** Everything above the picture, from below to above. */
export function addLayers({ stage, live, store, templates, pen }: CanvasTools, pointed: () => Pointed): void {
  const isNow = (): boolean => !store.getState().showsPast;
  const shown = (): Uint8Array => stage.buffer.source?.pixels ?? new Uint8Array(0);
  const cursorLook = (): CursorLook | undefined => {
    const { cursor } = pointed();
    if (cursor === undefined) return undefined;
    const index = live.lockAt(cursor.cell) === undefined ? pen.color : undefined;
    const color = index === undefined ? undefined : stage.buffer.source?.palette[index];
    const waited = pen.color === undefined ? undefined : live.cooldown.waited(performance.now());
    return { ...cursor, color, waited };
  };
  stage.addLayer(templateLayer(() => templates.template, shown));
  stage.addLayer(lockLayer(() => (isNow() ? (live.connection.canvas?.locks ?? []) : [])));
  stage.addLayer(gridLayer(() => store.getState().showsGrid));
  stage.addLayer(pendingLayer(live.pending, isNow));
  stage.addLayer(chosenLayer(() => pointed().chosen ?? store.getState().marked));
  stage.addLayer(cursorLayer(cursorLook));
}
