import { expect } from 'chai';
import fc from 'fast-check';
import { drawScene } from '../../render/draw-scene.ts';
import { asWords } from '../../render/pixels.ts';
import type { SceneAnnotation } from '../../render/port.ts';
import { RasterBitmap } from '../../render/raster-bitmap.ts';
import { RasterContext } from '../../render/raster-context.ts';
import { validAnnotation, validAnnotations } from './scene-arbitrary.ts';

const PAGE = { width: 120, height: 90 };
const scales = fc.constantFrom(1, 0.5, 1.7, 3);

/** Opaque, and different in every pixel. */
function noise(width: number, height: number): RasterBitmap {
  const page = new RasterBitmap(width, height);
  asWords(page.data).forEach((_, i, words) => {
    words[i] = 0xff000000 | ((i * 2_654_435_761) & 0xffffff);
  });
  return page;
}

const sized = (scale: number): [number, number] => [PAGE.width * scale, PAGE.height * scale];

function drawOn(
  ctx: RasterContext,
  annotations: readonly SceneAnnotation[],
  scale = 1,
  comments = false,
): void {
  ctx.save();
  ctx.scale(scale, scale);
  drawScene(ctx, annotations, PAGE, comments);
  ctx.restore();
}

/** Pixels of a rectangle, row by row. */
const cut = ({ width, data }: RasterBitmap, x0: number, y0: number, x1: number, y1: number): number[] => {
  const words = asWords(data);
  const found: number[] = [];
  for (let y = y0; y < y1; y++) found.push(...words.subarray(y * width + x0, y * width + x1));
  return found;
};

describe('render: laws of any valid scene', function () {
  this.timeout(120_000);

  it('[IMG-5] is drawn without a throw, and touches no pixel outside the clip', () => {
    const corners = fc.tuple(
      fc.integer({ min: 0, max: 119 }),
      fc.integer({ min: 0, max: 89 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
    );
    fc.assert(
      fc.property(validAnnotations, corners, fc.boolean(), (annotations, [x, y, width, height], round) => {
        const page = noise(...sized(1));
        const before = noise(...sized(1));
        const ctx = page.getContext();
        ctx.beginPath();
        if (round) ctx.ellipse(x + width / 2, y + height / 2, width / 2, height / 2);
        else ctx.rect(x, y, width, height);
        ctx.clip();
        drawOn(ctx, annotations, 1, true);
        const [after, old] = [asWords(page.data), asWords(before.data)];
        for (let i = 0; i < after.length; i++) {
          const [px, py] = [i % PAGE.width, Math.floor(i / PAGE.width)];
          const inside = px >= x && px < x + width && py >= y && py < y + height;
          if (!inside && after[i] !== old[i]) expect.fail(`pixel ${px},${py} was touched`);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[IMG-4] is the same drawn in bands or columns as drawn at once, byte for byte', () => {
    fc.assert(
      fc.property(
        validAnnotations,
        scales,
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (annotations, scale, step, columns) => {
          const [width, height] = sized(scale);
          const whole = noise(width, height);
          drawOn(whole.getContext(), annotations, scale, true);
          const end = columns ? width : height;
          for (let from = 0; from < end; from += step) {
            const to = Math.min(end, from + step);
            const [x0, y0, x1, y1] = columns ? [from, 0, to, height] : [0, from, width, to];
            const part = new RasterBitmap(x1 - x0, y1 - y0);
            const words = asWords(part.data);
            words.set(cut(noise(width, height), x0, y0, x1, y1));
            const surface = { words, x0, y0, width: part.width, height: part.height };
            drawOn(new RasterContext(part, surface), annotations, scale, true);
            expect([...words]).to.deep.equal(cut(whole, x0, y0, x1, y1));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('[IMG-6] shows an annotation of some opacity as the whole of it, laid down with that opacity', () => {
    fc.assert(
      fc.property(validAnnotation, fc.double({ min: 0, max: 1, noNaN: true }), (annotation, opacity) => {
        const bare = noise(...sized(1));
        const draw = (share: number): RasterBitmap => {
          const page = noise(...sized(1));
          drawOn(page.getContext(), [{ ...annotation, style: { ...annotation.style, opacity: share } }]);
          return page;
        };
        const [full, some] = [draw(1), draw(opacity)];
        for (let i = 0; i < bare.data.length; i++) {
          const under = bare.data[i] as number;
          const wanted = under + ((full.data[i] as number) - under) * opacity;
          // Each of the two pictures, and the layer between them, is rounded to whole levels.
          if (Math.abs((some.data[i] as number) - wanted) > 3) {
            expect.fail(`byte ${i} is ${some.data[i]} where ${wanted} was to be`);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[IMG-6] is painted by z_index, then in order of creation', () => {
    const withoutOrder = (annotation: SceneAnnotation): SceneAnnotation => ({
      ...annotation,
      style: { ...annotation.style, z_index: 0 },
    });
    const zOf = ({ style }: SceneAnnotation): number => Number(style['z_index'] ?? 0);
    const bytesOf = (annotations: readonly SceneAnnotation[]): Uint8Array => {
      const page = noise(...sized(1));
      drawOn(page.getContext(), annotations);
      return page.data;
    };
    fc.assert(
      fc.property(validAnnotations, (annotations) => {
        const sorted = annotations
          .map((annotation, index) => ({ annotation, index }))
          .sort((a, b) => zOf(a.annotation) - zOf(b.annotation) || a.index - b.index)
          .map(({ annotation }) => withoutOrder(annotation));
        expect(Buffer.compare(bytesOf(annotations), bytesOf(sorted))).to.equal(0);
      }),
      { numRuns: 60 },
    );
  });

  it('[IMG-4] is the same whatever was drawn before it', () => {
    const bytesOf = (annotations: readonly SceneAnnotation[]): string => {
      const page = noise(...sized(1));
      drawOn(page.getContext(), annotations, 1, true);
      return Buffer.from(page.data).toString('base64');
    };
    fc.assert(
      fc.property(fc.array(validAnnotations, { minLength: 2, maxLength: 4 }), (scenes) => {
        const forwards = scenes.map(bytesOf);
        expect(scenes.toReversed().map(bytesOf).toReversed()).to.deep.equal(forwards);
      }),
      { numRuns: 25 },
    );
  });
});
