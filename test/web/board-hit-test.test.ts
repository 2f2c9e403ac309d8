import { expect } from 'chai';
import type { RoomAnnotation } from '../../client/index.ts';
import { inMarquee, isHit, isInPolygon, topmostAt } from '../../web/board/stage/hit-test.ts';

const measureText = () => ({ width: 100, height: 20 });
const OPTIONS = { measureText, tolerance: 4 };

const annotation = (type: string, geometry: object, style: object = {}, id = type): RoomAnnotation =>
  ({
    id,
    type,
    geometry,
    style,
    content: '',
    parent_id: null,
    group_id: null,
    status: 'active',
  }) as RoomAnnotation;

const hits = (each: RoomAnnotation, x: number, y: number): boolean => isHit(each, { x, y }, OPTIONS);

describe('what a pointer meets on a board', () => {
  it('is the outline of a shape, and its inside where that is filled', () => {
    const frame = { x: 100, y: 100, width: 200, height: 100 };
    const [open, filled] = [annotation('box', frame), annotation('box', frame, { fill: '#fff' })];
    expect(hits(open, 100, 150)).to.equal(true);
    expect(hits(open, 96, 150)).to.equal(true);
    expect(hits(open, 90, 150)).to.equal(false);
    expect(hits(open, 200, 150)).to.equal(false);
    expect(hits(filled, 200, 150)).to.equal(true);
    const ellipse = annotation('ellipse', frame);
    expect(hits(ellipse, 200, 101)).to.equal(true);
    expect(hits(ellipse, 105, 105)).to.equal(false);
    expect(hits(ellipse, 200, 150)).to.equal(false);
  });

  it('is looked for where a turned shape is seen', () => {
    const box = annotation('box', { x: 0, y: 0, width: 200, height: 20, rotation: 90 }, { fill: '#000' });
    expect(hits(box, 100, 100)).to.equal(true);
    expect(hits(box, 10, 10)).to.equal(false);
  });

  it('is a line along its whole length, with its width, and the head of an arrow', () => {
    const points = [
      [0, 0],
      [100, 0],
      [100, 100],
    ];
    const line = annotation('line', { points }, { stroke_width: 20 });
    expect(hits(line, 50, 13)).to.equal(true);
    expect(hits(line, 50, 16)).to.equal(false);
    // Nothing leads from its end to its beginning
    expect(hits(line, 40, 50)).to.equal(false);
    const arrow = annotation(
      'arrow',
      {
        points: [
          [0, 0],
          [200, 0],
        ],
      },
      { stroke_width: 20 },
    );
    expect(hits(arrow, 140, 24)).to.equal(true);
    expect(hits(arrow, 60, 24)).to.equal(false);
  });

  it('is a polygon by the rule by which it is filled', () => {
    const star = [
      [50, 0],
      [80, 100],
      [0, 35],
      [100, 35],
      [20, 100],
    ];
    expect(isInPolygon(star, { x: 50, y: 55 })).to.equal(true);
    expect(isInPolygon(star, { x: 5, y: 5 })).to.equal(false);
    const polygon = annotation('polygon', { points: star }, { fill: 'red' });
    expect(hits(polygon, 50, 55)).to.equal(true);
  });

  it('is a text anywhere in its lines, also where it has no width of its own', () => {
    const text = annotation('text', { x: 100, y: 100 }, { text_align: 'center' });
    expect(hits(text, 60, 110)).to.equal(true);
    expect(hits(text, 140, 110)).to.equal(true);
    expect(hits(text, 160, 110)).to.equal(false);
  });

  it('is the topmost of several', () => {
    const frame = { x: 0, y: 0, width: 100, height: 100 };
    const below = annotation('box', frame, { fill: '#000' }, 'below');
    const above = annotation('box', { ...frame, x: 50 }, { fill: '#000' }, 'above');
    expect(topmostAt([below, above], { x: 75, y: 50 }, OPTIONS)?.id).to.equal('above');
    expect(topmostAt([below, above], { x: 25, y: 50 }, OPTIONS)?.id).to.equal('below');
    expect(topmostAt([below, above], { x: 500, y: 50 }, OPTIONS)).to.equal(undefined);
  });
});

describe('a rectangle drawn around annotations', () => {
  const met = (annotations: readonly RoomAnnotation[], marquee: object): string[] =>
    inMarquee(annotations, marquee as never, measureText).map(({ id }) => id);

  it('takes what it touches, not what only lies around it', () => {
    const frame = annotation('box', { x: 0, y: 0, width: 500, height: 500 }, {}, 'frame');
    const solid = annotation('box', { x: 0, y: 0, width: 500, height: 500 }, { fill: '#eee' }, 'solid');
    const inner = annotation('ellipse', { x: 100, y: 100, width: 50, height: 50 }, {}, 'inner');
    expect(met([frame, solid, inner], { x: 90, y: 90, width: 80, height: 80 })).to.deep.equal([
      'solid',
      'inner',
    ]);
    expect(met([frame, solid, inner], { x: -10, y: 200, width: 30, height: 10 })).to.deep.equal([
      'frame',
      'solid',
    ]);
  });

  it('takes a line that crosses it, not one that passes it by', () => {
    const line = annotation('line', {
      points: [
        [0, 0],
        [100, 100],
      ],
    });
    expect(met([line], { x: 40, y: 45, width: 10, height: 10 })).to.deep.equal(['line']);
    expect(met([line], { x: 70, y: 0, width: 20, height: 20 })).to.deep.equal([]);
  });
});
