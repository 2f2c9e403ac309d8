import { expect } from 'chai';
import * as Y from 'yjs';
import { createAnnotation, groupAnnotations, listAnnotations, updateAnnotation } from '../../client/index.ts';
import { AnnotationIndex } from '../../web/board/annotation-index.ts';
import {
  clipboardText,
  parseClipboard,
  pastedBounds,
  placedCopies,
} from '../../web/board/clipboard-format.ts';
import { aligned, distributed } from '../../web/board/stage/arrange.ts';
import { clickedGeometry, drawnGeometry, styleFor, thinned } from '../../web/board/tools/drawn-shape.ts';

function sketch(): Y.Doc {
  const doc = new Y.Doc();
  const box = createAnnotation(doc, {
    type: 'box',
    geometry: { x: 10, y: 10, width: 20, height: 20 },
    style: { stroke: '#123456' },
  });
  const line = createAnnotation(doc, { type: 'line', geometry: { x1: 0, y1: 0, x2: 50, y2: 60 } });
  groupAnnotations(doc, [box, line]);
  return doc;
}

describe('what is copied', () => {
  it('is the same on another board, at another place, in groups of its own', () => {
    const copied = listAnnotations(sketch());
    const copies = parseClipboard(clipboardText(copied)) ?? [];
    expect(pastedBounds(copies)).to.deep.equal({ x: 0, y: 0, width: 50, height: 60 });
    let groups = 0;
    const placed = placedCopies(copies, { x: 100, y: 0 }, () => `group ${++groups}`);
    const other = new Y.Doc();
    for (const each of placed) createAnnotation(other, each);
    const [box, line] = listAnnotations(other);
    expect(box).to.deep.include({ type: 'box', geometry: { x: 110, y: 10, width: 20, height: 20 } });
    expect(box?.style.stroke).to.equal('#123456');
    expect(line).to.deep.include({
      geometry: {
        points: [
          [100, 0],
          [150, 60],
        ],
      },
    });
    expect([box?.group_id, line?.group_id]).to.deep.equal(['group 1', 'group 1']);
    expect(groups).to.equal(1);
  });

  it('is nothing where the clipboard has other words, whatever they are', () => {
    for (const text of [
      'Hello',
      '{',
      '{}',
      '{"kind":"troupe/annotations"}',
      '{"kind":"troupe/annotations","version":2,"annotations":[]}',
      '{"kind":"troupe/annotations","version":1,"annotations":{}}',
    ]) {
      expect(parseClipboard(text), text).to.equal(undefined);
    }
  });

  it('leaves out what is no annotation', () => {
    const annotations = [
      null,
      7,
      { type: 'comment', geometry: {} },
      { type: 'box' },
      { type: 'box', geometry: [], style: 1 },
    ];
    const text = JSON.stringify({ kind: 'troupe/annotations', version: 1, annotations });
    expect(parseClipboard(text)).to.deep.equal([]);
  });
});

describe('what is drawn', () => {
  const keys = { shift: false, alt: false };

  it('goes from where the pointer was pressed to where it was released, whichever comes first', () => {
    expect(drawnGeometry('box', { x: 50, y: 60 }, { x: 10.4, y: 20.4 }, keys)).to.deep.equal({
      x: 10,
      y: 20,
      width: 40,
      height: 40,
    });
    expect(drawnGeometry('arrow', { x: 5, y: 5 }, { x: 1, y: 2 }, keys)).to.deep.equal({
      points: [
        [5, 5],
        [1, 2],
      ],
    });
  });

  it('is a square or runs in steps of 45 degrees with shift, and grows from its middle with alt', () => {
    expect(
      drawnGeometry('ellipse', { x: 0, y: 0 }, { x: -30, y: 10 }, { shift: true, alt: false }),
    ).to.deep.equal({ x: -30, y: 0, width: 30, height: 30 });
    expect(drawnGeometry('line', { x: 0, y: 0 }, { x: 40, y: 3 }, { shift: true, alt: false })).to.deep.equal(
      {
        points: [
          [0, 0],
          [40, 0],
        ],
      },
    );
    expect(
      drawnGeometry('box', { x: 50, y: 50 }, { x: 60, y: 70 }, { shift: false, alt: true }),
    ).to.deep.equal({ x: 40, y: 30, width: 20, height: 40 });
  });

  it('is there after a click too', () => {
    expect(clickedGeometry('box', { x: 100, y: 100 })).to.deep.equal({
      x: 40,
      y: 60,
      width: 120,
      height: 80,
    });
    expect(clickedGeometry('text', { x: 3.4, y: 5.6 })).to.deep.equal({ x: 3, y: 6 });
  });

  it('takes of the chosen look what means something for its type', () => {
    const style = { stroke: 'red', fill: 'blue', color: 'green', font_size: 20, stroke_width: 3 };
    expect(styleFor('line', style)).to.deep.equal({ stroke: 'red', stroke_width: 3 });
    expect(styleFor('text', style)).to.deep.equal({ color: 'green', font_size: 20 });
  });

  it('keeps of a pen what shows, the last point always, and two points of a tap', () => {
    const points = [
      [0, 0],
      [0.1, 0],
      [5, 0],
      [5.1, 0.1],
    ];
    expect(thinned(points, 1)).to.deep.equal([
      [0, 0],
      [5.1, 0.1],
    ]);
    expect(thinned([[3, 4, 0.5]], 1)).to.deep.equal([
      [3, 4, 0.5],
      [3, 4, 0.5],
    ]);
  });
});

describe('what is arranged', () => {
  const item = (id: string, x: number, y: number, width = 10, height = 10) => ({
    ids: [id],
    bounds: { x, y, width, height },
  });
  const items = [item('a', 0, 0), item('b', 5, 40, 20), item('c', 100, 90)];

  it('is brought on one line: edges or middles', () => {
    expect([...aligned(items, 'left')]).to.deep.equal([
      ['b', { x: -5, y: 0 }],
      ['c', { x: -100, y: 0 }],
    ]);
    expect([...aligned(items, 'right')]).to.deep.equal([
      ['a', { x: 100, y: 0 }],
      ['b', { x: 85, y: 0 }],
    ]);
    expect([...aligned(items, 'middle')]).to.deep.equal([
      ['a', { x: 0, y: 45 }],
      ['b', { x: 0, y: 5 }],
      ['c', { x: 0, y: -45 }],
    ]);
    expect(aligned([item('a', 1, 1)], 'left').size).to.equal(0);
  });

  it('has equal gaps, while the first and the last stay', () => {
    expect([...distributed(items, 'horizontally')]).to.deep.equal([['b', { x: 40, y: 0 }]]);
    expect(distributed(items.slice(0, 2), 'vertically').size).to.equal(0);
  });
});

describe('the annotations that a board shows', () => {
  it('stay the same objects but for those that change, and only their listeners hear of it', () => {
    const doc = sketch();
    const index = new AnnotationIndex(doc);
    const [box = '', line = ''] = index.order;
    const [before, other] = [index.get(box), index.get(line)];
    const heard: string[] = [];
    index.subscribe(box, () => heard.push('box'));
    index.subscribe(line, () => heard.push('line'));
    updateAnnotation(doc, box, { style: { fill: 'red' } });
    expect(heard).to.deep.equal(['box']);
    expect(index.get(box)).not.to.equal(before);
    expect(index.get(line)).to.equal(other);
  });

  it('follow the paint order, and are there and gone with the document', () => {
    const doc = sketch();
    const index = new AnnotationIndex(doc);
    const [box = '', line = ''] = index.order;
    let orders = 0;
    index.subscribeOrder(() => {
      orders += 1;
    });
    updateAnnotation(doc, box, { style: { z_index: 9 } });
    expect(index.order).to.deep.equal([line, box]);
    createAnnotation(doc, { type: 'comment', geometry: { x: 1, y: 1 }, content: 'Hm' });
    expect(index.order).to.deep.equal([line, box]);
    expect(orders).to.equal(1);
  });

  it('show a preview over what the document has, until it ends', () => {
    const doc = sketch();
    const index = new AnnotationIndex(doc);
    const [box = ''] = index.order;
    const geometry = { x: 1, y: 2, width: 3, height: 4 };
    index.preview(new Map([[box, geometry]]));
    expect(index.get(box)?.geometry).to.deep.equal(geometry);
    expect(index.settled(box)?.geometry).to.deep.equal({ x: 10, y: 10, width: 20, height: 20 });
    index.preview(new Map());
    expect(index.get(box)).to.equal(index.settled(box));
  });
});
