import { expect } from 'chai';
import fc from 'fast-check';
import type { SceneAnnotation } from '../../render/port.ts';
import { annotation, draw, inkAmount, inkBounds, pixel, WHITE } from './scene-fixture.ts';

const RED = [255, 0, 0, 255] as const;
const BLUE = [0, 0, 255, 255] as const;
const black = { stroke: '#000000' };

describe('render: box and ellipse', () => {
  it('centres a stroke on the outline of a box and leaves the inside alone', () => {
    const picture = draw([
      annotation('box', { x: 20, y: 30, width: 100, height: 60 }, { ...black, stroke_width: 4 }),
    ]);
    expect(inkBounds(picture)).to.deep.equal({ x0: 18, y0: 28, x1: 122, y1: 92 });
    expect(pixel(picture, 70, 60)).to.deep.equal(WHITE);
    expect(inkAmount(picture)).to.be.closeTo(104 * 64 - 96 * 56, 0.01);
  });

  it('draws what has no style as a red line of two pixels without a fill', () => {
    const picture = draw([annotation('box', { x: 20, y: 30, width: 100, height: 60 })]);
    expect(pixel(picture, 20, 60)).to.deep.equal([0xe0, 0x31, 0x31, 255]);
    expect(inkBounds(picture)).to.deep.equal({ x0: 19, y0: 29, x1: 121, y1: 91 });
  });

  it('fills, and draws no stroke of width 0 or of no colour', () => {
    for (const style of [
      { fill: '#0000ff', stroke_width: 0 },
      { fill: '#0000ff', stroke: 'none' },
    ]) {
      const picture = draw([annotation('box', { x: 20, y: 30, width: 100, height: 60 }, style)]);
      expect(inkBounds(picture)).to.deep.equal({ x0: 20, y0: 30, x1: 120, y1: 90 });
      expect(pixel(picture, 70, 60)).to.deep.equal(BLUE);
    }
  });

  it('turns a box clockwise about its centre', () => {
    const style = { fill: '#ff0000', stroke: 'none' };
    const geometry = { x: 60, y: 70, width: 80, height: 20 };
    const upright = draw([annotation('box', { ...geometry, rotation: 90 }, style)]);
    expect(inkBounds(upright)).to.deep.equal({ x0: 90, y0: 40, x1: 110, y1: 120 });
    const tilted = draw([annotation('box', { ...geometry, rotation: 30 }, style)]);
    // Clockwise on the screen: the right end goes down.
    expect(pixel(tilted, 130, 97)).to.deep.equal(RED);
    expect(pixel(tilted, 130, 63)).to.deep.equal(WHITE);
  });

  it('fits an ellipse into its box', () => {
    const picture = draw([
      annotation('ellipse', { x: 20, y: 30, width: 100, height: 60 }, { fill: '#000000', stroke: 'none' }),
    ]);
    expect(inkBounds(picture)).to.deep.equal({ x0: 20, y0: 30, x1: 120, y1: 90 });
    expect(inkAmount(picture)).to.be.closeTo(Math.PI * 50 * 30, 10);
    expect(pixel(picture, 24, 34)).to.deep.equal(WHITE);
  });

  it('applies opacity to the annotation as a whole', () => {
    const style = { fill: '#0000ff', stroke: '#ff0000', stroke_width: 10, opacity: 0.5 };
    const picture = draw([annotation('box', { x: 40, y: 40, width: 100, height: 60 }, style)]);
    const inner = pixel(picture, 42, 70);
    const outer = pixel(picture, 37, 70);
    expect(inner).to.deep.equal(outer);
    expect(inner).to.deep.equal([255, 127, 127, 255]);
    expect(pixel(picture, 90, 70)).to.deep.equal([127, 127, 255, 255]);
  });

  it('lets the alpha of colours and the opacity work together', () => {
    const style = { fill: 'rgba(0, 0, 0, 0.5)', stroke: 'none', opacity: 0.5 };
    const picture = draw([annotation('box', { x: 0, y: 0, width: 100, height: 60 }, style)]);
    expect(pixel(picture, 50, 30)[0]).to.be.within(190, 192);
  });

  it('keeps transparency where nothing was under it', () => {
    const style = { fill: '#ff0000', stroke: 'none', opacity: 0.5 };
    const picture = draw([annotation('box', { x: 0, y: 0, width: 100, height: 60 }, style)], {
      background: 'transparent',
    });
    expect(pixel(picture, 50, 30)).to.deep.equal([255, 0, 0, 128]);
    expect(pixel(picture, 150, 100)).to.deep.equal([0, 0, 0, 0]);
  });

  it('scales geometry and strokes alike', () => {
    const box = annotation('box', { x: 20, y: 30, width: 100, height: 60 }, { ...black, stroke_width: 4 });
    expect(inkBounds(draw([box], { scale: 2 }))).to.deep.equal({ x0: 36, y0: 56, x1: 244, y1: 184 });
  });
});

describe('render: order', () => {
  const square = (fill: string, z_index?: number): SceneAnnotation =>
    annotation(
      'box',
      { x: 40, y: 40, width: 40, height: 40 },
      { fill, stroke: 'none', ...(z_index !== undefined && { z_index }) },
    );

  it('paints in order of creation', () => {
    expect(pixel(draw([square('red'), square('blue')]), 60, 60)).to.deep.equal(BLUE);
  });

  it('paints a higher z_index later, and takes 0 where there is none', () => {
    expect(pixel(draw([square('red', 1), square('blue')]), 60, 60)).to.deep.equal(RED);
    expect(pixel(draw([square('red'), square('blue', -1)]), 60, 60)).to.deep.equal(RED);
    expect(pixel(draw([square('red', 0), square('blue')]), 60, 60)).to.deep.equal(BLUE);
  });
});

describe('render: lines', () => {
  it('strokes a line through its points with round caps and joins', () => {
    const picture = draw([
      annotation(
        'line',
        {
          points: [
            [40, 40],
            [140, 40],
            [140, 120],
          ],
        },
        { ...black, stroke_width: 10 },
      ),
    ]);
    expect(inkBounds(picture)).to.deep.equal({ x0: 35, y0: 35, x1: 145, y1: 125 });
    // A miter would fill this corner.
    expect(pixel(picture, 144, 35)).to.deep.equal(WHITE);
  });

  it('takes the caps and joins that the style names', () => {
    const picture = draw([
      annotation(
        'line',
        {
          points: [
            [40, 40],
            [140, 40],
            [140, 120],
          ],
        },
        { ...black, stroke_width: 10, line_cap: 'butt', line_join: 'miter' },
      ),
    ]);
    expect(inkBounds(picture)).to.deep.equal({ x0: 40, y0: 35, x1: 145, y1: 120 });
    expect(pixel(picture, 144, 35)).to.deep.equal([0, 0, 0, 255]);
  });

  it('dashes a line from its first point', () => {
    const style = { ...black, stroke_width: 4, dash: [20, 10], line_cap: 'butt' };
    const picture = draw([
      annotation(
        'line',
        {
          points: [
            [10, 50],
            [190, 50],
          ],
        },
        style,
      ),
    ]);
    const painted = [15, 25, 35, 45, 65, 75].map((x) => pixel(picture, x, 50)[0] === 0);
    expect(painted).to.deep.equal([true, true, false, true, false, true]);
  });

  it('fills a polygon by winding and closes it', () => {
    const picture = draw([
      annotation(
        'polygon',
        {
          points: [
            [20, 20],
            [120, 20],
            [120, 100],
          ],
        },
        { fill: '#0000ff', ...black },
      ),
    ]);
    expect(pixel(picture, 100, 50)).to.deep.equal(BLUE);
    expect(pixel(picture, 70, 60)[0]).to.equal(0);
    expect(pixel(picture, 40, 80)).to.deep.equal(WHITE);
  });

  it('puts an arrowhead at the last point, growing with the stroke', () => {
    const spread = (stroke_width: number): number => {
      const picture = draw([
        annotation(
          'arrow',
          {
            points: [
              [20, 75],
              [180, 75],
            ],
          },
          { ...black, stroke_width },
        ),
      ]);
      const head = inkBounds(picture, { x0: 120, y0: 0, x1: 200, y1: 150 });
      const tail = inkBounds(picture, { x0: 0, y0: 0, x1: 60, y1: 150 });
      expect((tail?.y1 ?? 0) - (tail?.y0 ?? 0)).to.equal(stroke_width);
      expect(head?.x1).to.be.within(179, 181);
      return (head?.y1 ?? 0) - (head?.y0 ?? 0);
    };
    expect(spread(2)).to.be.within(11, 14);
    expect(spread(8)).to.be.within(27, 32);
  });

  it('points an arrow along its last stretch, and ends in a tip', () => {
    const picture = draw([
      annotation(
        'arrow',
        {
          points: [
            [30, 20],
            [150, 20],
            [150, 120],
          ],
        },
        { ...black, stroke_width: 6 },
      ),
    ]);
    const head = inkBounds(picture, { x0: 100, y0: 95, x1: 200, y1: 150 });
    expect((head?.x0 ?? 0) + (head?.x1 ?? 0)).to.be.within(299, 301);
    expect(head?.y1).to.be.within(119, 121);
    expect(inkAmount(picture, { x0: 140, y0: 117, x1: 160, y1: 125 })).to.be.below(8);
  });

  it('lays a translucent arrow down once, where its head covers its shaft too', () => {
    const picture = draw([
      annotation(
        'arrow',
        {
          points: [
            [20, 75],
            [180, 75],
          ],
        },
        { ...black, stroke_width: 8, opacity: 0.5 },
      ),
    ]);
    const shades = new Set([30, 60, 140, 150, 160, 170].map((x) => pixel(picture, x, 75)[0]));
    expect([...shades]).to.deep.equal([127]);
  });

  it('draws a freehand line of constant width where no pressure is told', () => {
    const picture = draw([
      annotation(
        'freehand',
        {
          points: [
            [20, 50],
            [100, 50],
            [180, 50],
          ],
        },
        { ...black, stroke_width: 8 },
      ),
    ]);
    expect(inkBounds(picture)).to.deep.equal({ x0: 16, y0: 46, x1: 184, y1: 54 });
  });

  it('lets a freehand line follow the pressure', () => {
    const points = Array.from({ length: 33 }, (_, i) => [20 + i * 5, 75, i / 32]);
    const picture = draw([annotation('freehand', { points }, { ...black, stroke_width: 20 })]);
    const height = (x: number): number => {
      const bounds = inkBounds(picture, { x0: x, y0: 0, x1: x + 1, y1: 150 });
      return (bounds?.y1 ?? 0) - (bounds?.y0 ?? 0);
    };
    expect(height(40)).to.be.below(height(100));
    expect(height(100)).to.be.below(height(160));
    expect(height(100)).to.be.within(17, 23);
  });
});

describe('render: any valid annotation', () => {
  const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const near = fc.double({ min: -50, max: 250, noNaN: true });
  const size = fc.double({ min: 0, max: 400, noNaN: true });
  const points = fc.array(fc.array(fc.oneof(near, coordinate), { minLength: 2, maxLength: 3 }), {
    minLength: 2,
    maxLength: 12,
  });
  const style = fc.record(
    {
      stroke: fc.constantFrom('red', '#0008', 'none', 'hsl(9 90% 50%)'),
      fill: fc.constantFrom('blue', '#00f4', 'none'),
      stroke_width: fc.double({ min: 0, max: 100, noNaN: true }),
      opacity: fc.double({ min: 0, max: 1, noNaN: true }),
      dash: fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 5 }),
      line_cap: fc.constantFrom('butt', 'round', 'square'),
      line_join: fc.constantFrom('miter', 'round', 'bevel'),
      font_size: fc.double({ min: 1, max: 512, noNaN: true }),
      font_weight: fc.constantFrom(100, 400, 900, 'bold', 'normal'),
      text_align: fc.constantFrom('left', 'center', 'right'),
      unknown: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const scenes = fc.record({
    type: fc.constantFrom(
      'text',
      'box',
      'ellipse',
      'arrow',
      'line',
      'polygon',
      'freehand',
      'comment' as const,
    ),
    geometry: fc.record({
      x: near,
      y: near,
      width: size,
      height: size,
      rotation: fc.double({ min: -720, max: 720, noNaN: true }),
      points,
    }),
    style,
    content: fc.string({ unit: 'grapheme', maxLength: 30 }),
  });

  it('is drawn without a throw, and the same in every run', () => {
    fc.assert(
      fc.property(fc.array(scenes, { maxLength: 4 }), (list) => {
        const annotations = list.map((item) =>
          annotation(item.type, item.geometry, item.style, { content: item.content }),
        );
        const once = draw(annotations, { width: 120, height: 90, comments: true });
        const again = draw(annotations, { width: 120, height: 90, comments: true });
        expect(Buffer.compare(once.data, again.data)).to.equal(0);
      }),
      { numRuns: 150 },
    );
  });

  it('changes nothing where its opacity is 0', () => {
    fc.assert(
      fc.property(scenes, (item) => {
        const hidden = annotation(
          item.type,
          item.geometry,
          { ...item.style, opacity: 0 },
          { content: item.content },
        );
        expect(inkBounds(draw([hidden], { width: 120, height: 90 }))).to.equal(undefined);
      }),
      { numRuns: 50 },
    );
  });
});
