import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { annotation, draw, text } from './scene-fixture.ts';

const hashOf = (pixels: { readonly data: Uint8Array }): string =>
  createHash('sha256').update(pixels.data).digest('hex').slice(0, 16);

/**
 * A change of these hashes means that pictures look different than before: look at them, then say so in the commit.
 * They are of pixels, not of files, which depend on Node's zlib as well.
 */
describe('render: pictures that stay as they are', () => {
  it('shapes', () => {
    const picture = draw(
      [
        annotation(
          'box',
          { x: 20, y: 20, width: 80, height: 50, rotation: 15 },
          { fill: '#ffd43b', opacity: 0.5, stroke_width: 6 },
        ),
        annotation(
          'ellipse',
          { x: 110, y: 20, width: 70, height: 40 },
          { fill: 'rgba(0, 128, 0, 0.3)', dash: [8, 4] },
        ),
        annotation(
          'arrow',
          {
            points: [
              [20, 100],
              [90, 120],
              [100, 90],
            ],
          },
          { stroke_width: 4 },
        ),
        annotation(
          'polygon',
          {
            points: [
              [120, 80],
              [180, 90],
              [150, 140],
            ],
          },
          { fill: '#4263eb', line_join: 'round', stroke_width: 5 },
        ),
        annotation(
          'freehand',
          {
            points: [
              [10, 140, 0.2],
              [40, 120, 0.9],
              [70, 145, 0.4],
              [110, 130, 1],
            ],
          },
          { stroke_width: 8 },
        ),
      ],
      { scale: 2 },
    );
    expect(hashOf(picture)).to.equal('2762f5b54c53e3a1');
  });

  it('text', () => {
    const picture = draw(
      [
        text(
          'Wrapped text, right',
          { x: 10, y: 10, width: 90 },
          { font_size: 18, text_align: 'right', font_weight: 'bold' },
        ),
        text(
          'Ελλάς Привет שלום مرحبا हिन्दी → ✓',
          { x: 10, y: 80, width: 180 },
          { font_size: 16, font_family: 'serif' },
        ),
        text(
          'mono \u{E000}',
          { x: 120, y: 30, rotation: -20 },
          { font_size: 18, font_family: 'mono', font_style: 'italic' },
        ),
      ],
      { scale: 2 },
    );
    expect(hashOf(picture)).to.equal('d95e39633b0b1838');
  });

  it('comments', () => {
    const box = annotation('box', { x: 120, y: 40, width: 50, height: 30 });
    const note = annotation(
      'comment',
      {},
      {},
      { content: 'Align this', parent_id: box.id, created_by: 'Ann' },
    );
    const done = annotation('comment', { x: 60, y: 40 }, {}, { content: 'Typo', resolved: true });
    const reply = annotation('comment', {}, {}, { content: 'Yes', parent_id: note.id });
    expect(hashOf(draw([box, note, done, reply], { scale: 3, comments: true }))).to.equal('97399beba0472efb');
  });
});
