import { expect } from 'chai';
import fc from 'fast-check';
import type { Pixels } from '../../render/pixels.ts';
import { draw, inkAmount, inkBounds, pixel, type Region, text } from './scene-fixture.ts';

/** Runs of rows with ink: one per line of text without descenders over ascenders. */
function inkRows(picture: Pixels): (readonly [number, number])[] {
  const rows: [number, number][] = [];
  for (let y = 0; y < picture.height; y++) {
    if (!inkBounds(picture, { x0: 0, y0: y, x1: picture.width, y1: y + 1 })) continue;
    const last = rows.at(-1);
    if (last && last[1] === y) last[1] = y + 1;
    else rows.push([y, y + 1]);
  }
  return rows;
}

const boundsOf = (picture: Pixels): Region => inkBounds(picture) ?? { x0: 0, y0: 0, x1: 0, y1: 0 };
const widthOf = (picture: Pixels): number => boundsOf(picture).x1 - boundsOf(picture).x0;
const page = { width: 400, height: 200 };

describe('render: text', () => {
  it('takes y as the top of the first line', () => {
    const { y0, y1 } = boundsOf(draw([text('HHH', { x: 20, y: 50 }, { font_size: 40 })], page));
    // A line of 50 pixels: the capitals of 0.714 em stand on a baseline 1.013 em below its top.
    expect(y0).to.be.within(61, 63);
    expect(y1).to.be.within(90, 92);
  });

  it('hangs on its x by its alignment where it has no width', () => {
    const at = (text_align: string): Region =>
      boundsOf(draw([text('HHHH', { x: 200, y: 50 }, { font_size: 30, text_align })], page));
    expect(at('left').x0).to.be.within(200, 205);
    expect(at('right').x1).to.be.within(195, 200);
    const center = at('center');
    expect((center.x0 + center.x1) / 2).to.be.within(199, 201);
  });

  it('aligns within its width', () => {
    const at = (text_align: string): Region =>
      boundsOf(draw([text('HHHH', { x: 50, y: 50, width: 300 }, { font_size: 30, text_align })], page));
    expect(at('left').x0).to.be.within(50, 55);
    expect(at('right').x1).to.be.within(345, 350);
    const center = at('center');
    expect((center.x0 + center.x1) / 2).to.be.within(199, 201);
  });

  it('wraps at its width, line by line at the line height', () => {
    const picture = draw(
      [text('HHHH HHHH HHHH', { x: 10, y: 10, width: 100 }, { font_size: 30, line_height: 2 })],
      page,
    );
    const rows = inkRows(picture);
    expect(rows.length).to.equal(3);
    expect((rows[1]?.[0] ?? 0) - (rows[0]?.[0] ?? 0)).to.equal(60);
    expect(widthOf(picture)).to.be.at.most(100);
  });

  it('breaks a word that is too long, and lines where the text says so', () => {
    const picture = draw([text('HHHHHHHHHHHHHHHH', { x: 10, y: 10, width: 120 }, { font_size: 30 })], page);
    expect(inkRows(picture).length).to.be.above(2);
    expect(boundsOf(picture).x1).to.be.at.most(130);
    expect(inkRows(draw([text('HH\nHH\r\nHH', { x: 10, y: 10 }, { font_size: 30 })], page)).length).to.equal(
      3,
    );
  });

  it('breaks lines where a browser does: at spaces and hyphens, not within an address', () => {
    const lines = (content: string, width: number): number =>
      inkRows(draw([text(content, { x: 10, y: 10, width }, { font_size: 20, line_height: 2 })], page)).length;
    expect(lines('HHH HHH', 60)).to.equal(2);
    expect(lines('HHH\u00a0HHH', 85)).to.equal(2);
    expect(lines('HHH-HHH', 60)).to.equal(2);
    expect(lines('H H/H', 50)).to.equal(2);
    expect(lines('H H/H', 90)).to.equal(1);
  });

  it('shows a hyphen where a word is broken at a soft one, and else none', () => {
    const shown = draw([text('HHH\u00adHHH', { x: 10, y: 10, width: 65 }, { font_size: 20 })], page);
    const whole = draw([text('HHH-\nHHH', { x: 10, y: 10, width: 65 }, { font_size: 20 })], page);
    expect(Buffer.compare(shown.data, whole.data)).to.equal(0);
    const wide = draw([text('HHH\u00adHHH', { x: 10, y: 10, width: 200 }, { font_size: 20 })], page);
    const plain = draw([text('HHHHHH', { x: 10, y: 10, width: 200 }, { font_size: 20 })], page);
    expect(Buffer.compare(wide.data, plain.data)).to.equal(0);
  });

  it('runs each line in the direction of its paragraph, wherever it is broken', () => {
    const style = { font_size: 20, line_height: 2 };
    // The second line begins with a Hebrew word, but the paragraph is English.
    const wrapped = draw([text('HHH שלום HHHH', { x: 10, y: 10, width: 70 }, style)], page);
    const apart = draw([text('HHH\n\u200eשלום\nHHHH', { x: 10, y: 10 }, style)], page);
    expect(Buffer.compare(wrapped.data, apart.data)).to.equal(0);
    const mixed = draw([text('HHHHH שלום II', { x: 10, y: 10, width: 95 }, style)], page);
    const parts = draw([text('HHHHH\n\u200eשלום II', { x: 10, y: 10 }, style)], page);
    expect(Buffer.compare(mixed.data, parts.data)).to.equal(0);
  });

  it('takes the weight that CSS takes where there is none between', () => {
    const ink = (font_weight: number): number =>
      inkAmount(draw([text('Weight', { x: 20, y: 20 }, { font_size: 40, font_weight })], page));
    expect(ink(350)).to.equal(ink(300));
    expect(ink(450)).to.equal(ink(500));
    expect(ink(550)).to.equal(ink(600));
  });

  it('stands on whole rows of pixels', () => {
    const rows = (y: number): Buffer =>
      Buffer.from(draw([text('Heading', { x: 20, y }, { font_size: 30 })], page).data);
    expect(rows(19.8).equals(rows(20))).to.equal(true);
    expect(rows(21).equals(rows(20))).to.equal(false);
  });

  it('does not clip at its height', () => {
    const picture = draw(
      [text('HH\nHH\nHH', { x: 10, y: 10, width: 200, height: 10 }, { font_size: 30 })],
      page,
    );
    expect(inkRows(picture).length).to.equal(3);
  });

  it('has real weights: each is heavier than the one before', () => {
    const ink = [100, 300, 'normal', 600, 'bold', 900].map((font_weight) =>
      inkAmount(draw([text('Weight', { x: 20, y: 20 }, { font_size: 60, font_weight })], page)),
    );
    for (let i = 1; i < ink.length; i++) expect(ink[i], `${i}`).to.be.above((ink[i - 1] ?? 0) * 1.05);
  });

  it('has italics, slanted ones where a family has none', () => {
    for (const font_family of ['sans', 'serif', 'mono']) {
      const lean = (font_style: string): number => {
        const picture = draw(
          [text('l', { x: 150, y: 20 }, { font_size: 100, font_family, font_style })],
          page,
        );
        const { y0, y1 } = boundsOf(picture);
        const middle = (from: number): number => {
          const rows = inkBounds(picture, { x0: 0, y0: from, x1: page.width, y1: from + 4 });
          return ((rows?.x0 ?? 0) + (rows?.x1 ?? 0)) / 2;
        };
        return middle(y0 + 10) - middle(y1 - 20);
      };
      expect(lean('italic'), font_family).to.be.above(lean('normal') + 6);
    }
  });

  it('knows three families by many names, and takes sans for any other', () => {
    const ink = (font_family?: string): number =>
      inkAmount(
        draw([text('Rag', { x: 20, y: 20 }, { font_size: 60, ...(font_family && { font_family }) })], page),
      );
    expect(ink('Comic Unknown')).to.equal(ink());
    expect(ink('"Times New Roman", serif')).to.equal(ink('serif'));
    expect(ink('Whatever, monospace')).to.equal(ink('mono'));
    expect(new Set([ink('sans'), ink('serif'), ink('mono')]).size).to.equal(3);
  });

  it('paints in its colour, black by default', () => {
    const red = draw([text('—', { x: 20, y: 20 }, { font_size: 60, color: '#ff0000' })], page);
    const { x0, y0, x1, y1 } = boundsOf(red);
    expect(pixel(red, (x0 + x1) >> 1, (y0 + y1) >> 1)).to.deep.equal([255, 0, 0, 255]);
    const plain = draw([text('—', { x: 20, y: 20 }, { font_size: 60 })], page);
    expect(pixel(plain, (x0 + x1) >> 1, (y0 + y1) >> 1)).to.deep.equal([0, 0, 0, 255]);
  });

  it('turns about its centre', () => {
    const picture = draw(
      [text('HHHHHH', { x: 100, y: 50, width: 200, height: 100, rotation: 90 }, { font_size: 40 })],
      page,
    );
    const { x0, x1, y0, y1 } = boundsOf(picture);
    expect(y1 - y0).to.be.above(x1 - x0);
    expect(y0).to.be.within(0, 5);
  });

  for (const [script, sample] of [
    ['Latin', 'Źdźbło ñandú'],
    ['Vietnamese', 'Tiếng Việt'],
    ['Greek', 'Ελληνικά'],
    ['Cyrillic', 'Привет'],
    ['Hebrew', 'שלום'],
    ['Arabic', 'مرحبا'],
    ['Devanagari', 'हिन्दी'],
    ['arrows and ticks', '→✓★'],
  ] as const) {
    it(`has letters for ${script}`, () => {
      const known = draw([text(sample, { x: 20, y: 20 }, { font_size: 40 })], page);
      const boxes = draw(
        [text('\u{E000}'.repeat(Array.from(sample).length), { x: 20, y: 20 }, { font_size: 40 })],
        page,
      );
      expect(Buffer.compare(known.data, boxes.data)).to.not.equal(0);
      expect(inkAmount(known)).to.be.above(100);
    });
  }

  it('joins Arabic letters and runs them from right to left', () => {
    const joined = draw([text('بيت', { x: 20, y: 20 }, { font_size: 60 })], page);
    const apart = draw([text('ب ي ت', { x: 20, y: 20 }, { font_size: 60 })], page);
    expect(widthOf(joined)).to.be.below(widthOf(apart) * 0.8);
    const hebrew = draw([text('אבג H', { x: 20, y: 20 }, { font_size: 60 })], page);
    // The Latin letter comes last and so stands on the left: its stem is the leftmost, tall and straight.
    const left = inkBounds(hebrew, { x0: boundsOf(hebrew).x0, y0: 0, x1: boundsOf(hebrew).x0 + 4, y1: 200 });
    expect((left?.y1 ?? 0) - (left?.y0 ?? 0)).to.be.within(41, 45);
  });

  it('sets marks on ligatures: the Arabic name of God holds together', () => {
    const marked = draw([text('اللّٰه', { x: 20, y: 20 }, { font_size: 60 })], page);
    const plain = draw([text('الله', { x: 20, y: 20 }, { font_size: 60 })], page);
    expect(Math.abs(widthOf(marked) - widthOf(plain))).to.be.below(3);
    expect(inkAmount(marked)).to.be.above(inkAmount(plain) + 20);
  });

  it('has the signs of mathematics', () => {
    const boxes = inkAmount(draw([text('\u{E000}', { x: 20, y: 20 }, { font_size: 60 })], page));
    for (const sign of '∑≤∞≠∂√') {
      const ink = inkAmount(draw([text(sign, { x: 20, y: 20 }, { font_size: 60 })], page));
      expect(ink, sign).to.not.equal(boxes);
    }
  });

  it('composes accents, so that both spellings look the same', () => {
    const one = draw([text('é ñ', { x: 20, y: 20 }, { font_size: 40 })], page);
    const two = draw([text('e\u0301 n\u0303', { x: 20, y: 20 }, { font_size: 40 })], page);
    expect(Buffer.compare(one.data, two.data)).to.equal(0);
  });

  it('shows a box for a character that no font has, one for each', () => {
    const one = draw([text('\u{E000}', { x: 20, y: 20 }, { font_size: 60 })], page);
    const three = draw([text('\u{E000}\u{E001}\u{10FFFD}', { x: 20, y: 20 }, { font_size: 60 })], page);
    expect(inkAmount(one)).to.be.above(100);
    expect(inkAmount(three)).to.be.closeTo(inkAmount(one) * 3, 1);
    const { x0, x1, y0, y1 } = boundsOf(one);
    expect(pixel(one, (x0 + x1) >> 1, (y0 + y1) >> 1)[0]).to.equal(255);
  });

  it('draws nothing for what has no look: joiners, marks of direction, control characters', () => {
    expect(
      inkBounds(draw([text('\u200d\u200e\u2066\ufe0f\u0007\u00ad', { x: 20, y: 20 }, {})], page)),
    ).to.equal(undefined);
    expect(inkBounds(draw([text('', { x: 20, y: 20, width: 5 }, {})], page))).to.equal(undefined);
  });

  it('survives sequences that no language has', () => {
    const signs = Array.from('किु़्ािlا\u064b\u0651\u0301\u200d\u200c\u05b8ש');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...signs), maxLength: 12 }), (content) => {
        draw([text(content, { x: 20, y: 20, width: 100 })], page);
      }),
      { numRuns: 200 },
    );
  });

  it('survives a width that fits no letter', () => {
    expect(inkRows(draw([text('HHH', { x: 20, y: 10, width: 1 }, { font_size: 20 })], page)).length).to.equal(
      3,
    );
  });
});
