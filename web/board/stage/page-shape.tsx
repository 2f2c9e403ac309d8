import type { Context } from 'konva/lib/Context';
import { type RefObject, useCallback } from 'react';
import { Shape } from 'react-konva/es/ReactKonvaCore.js';
import { useBoard, useBoardState } from '../board-context.ts';
import type { BaseImage } from './base-image.ts';

/** From here on pixels of the picture are shown as such. */
const PIXELS_SEEN = 6;
/** The shadow of the sheet: rings of so many CSS pixels more each, cheaper than a blur at every frame. */
const SHADOW_RINGS = [0.5, 1, 2, 3.5, 5, 7] as const;

/** The sheet with its picture, as exports have it: white where there is none. */
export function PageShape({
  base,
  isMoving,
}: {
  readonly base: BaseImage | undefined;
  readonly isMoving: RefObject<boolean>;
}) {
  const { store } = useBoard();
  const page = useBoardState((state) => state.page);
  const paint = useCallback(
    ({ _context: ctx }: Context) => {
      if (page === undefined) return;
      const { x, y, scale } = store.getState().viewport;
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      const { width, height } = page;
      ctx.strokeStyle = 'rgb(0 0 0 / 2%)';
      for (const ring of SHADOW_RINGS) {
        ctx.lineWidth = (2 * ring) / scale;
        ctx.strokeRect(0, 1 / scale, width, height);
      }
      ctx.fillStyle = '#ffffff';
      ctx.fillRect(0, 0, width, height);
      if (base === undefined) return;
      ctx.imageSmoothingEnabled = scale < PIXELS_SEEN;
      ctx.imageSmoothingQuality = isMoving.current ? 'low' : 'high';
      ctx.drawImage(base.image, 0, 0, width, height);
    },
    [base, page, store, isMoving],
  );
  return <Shape sceneFunc={paint} listening={false} perfectDrawEnabled={false} />;
}
