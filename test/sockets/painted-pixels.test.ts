import { expect } from 'chai';
import { paintedPixels } from '../../http/sockets/painted-pixels.ts';
import type { CanvasPixelUpdate } from '../../protocol/canvas-socket.ts';
import { Problem } from '../../protocol/problem.ts';
import { indexedPixels } from './canvas-messages.ts';

const PAPER = { width: 4, height: 3, palette: ['#ffffff', '#be0039', '#00a368'], background: 2 };

const paint = (message: Omit<CanvasPixelUpdate, 'type' | 'id'>) =>
  indexedPixels(paintedPixels({ type: 'pixel:update', id: 'a', ...message }, PAPER));

function refusal(message: Omit<CanvasPixelUpdate, 'type' | 'id'>): Pick<Problem, 'code' | 'extra'> {
  try {
    paint(message);
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, extra: error.extra };
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the pixels of a pixel:update', () => {
  it('are one pixel, or a batch in its order', () => {
    expect(paint({ x: 0, y: 0, color: 1 })).to.deep.equal([[0, 1]]);
    expect(paint({ x: 3, y: 2, color: 0, tool: 'brush' })).to.deep.equal([[11, 0]]);
    const pixels = [
      [3, 2, 1],
      [0, 1, 0],
      [3, 2, 2],
    ];
    expect(paint({ pixels })).to.deep.equal([
      [11, 1],
      [4, 0],
      [11, 2],
    ]);
  });

  it('have an index of the palette, or a colour that is in it, in capitals too', () => {
    const pixels = [
      [0, 0, '#BE0039'],
      [1, 0, '#00a368'],
      [2, 0, 0],
    ];
    expect(paint({ pixels })).to.deep.equal([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
  });

  it('become the background by the eraser, whatever colour they name', () => {
    expect(paint({ x: 1, y: 0, tool: 'eraser' })).to.deep.equal([[1, 2]]);
    expect(
      paint({
        pixels: [
          [1, 0],
          [2, 0, 1],
          [3, 0, 'red'],
        ],
        tool: 'eraser',
      }),
    ).to.deep.equal([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
  });

  it('are refused whole, with the first that lies outside or has no colour of the palette', () => {
    const offending: readonly (readonly [
      string,
      Omit<CanvasPixelUpdate, 'type' | 'id'>,
      [number, number],
    ])[] = [
      ['out_of_bounds', { x: 4, y: 0, color: 1 }, [4, 0]],
      ['out_of_bounds', { x: 0, y: 3, color: 1 }, [0, 3]],
      ['out_of_bounds', { x: -1, y: 0, color: 99 }, [-1, 0]],
      ['out_of_bounds', { x: 1e300, y: 0, color: 1 }, [1e300, 0]],
      ['out_of_bounds', { x: 0, y: -1, tool: 'eraser' }, [0, -1]],
      ['bad_color', { x: 1, y: 2, color: 3 }, [1, 2]],
      ['bad_color', { x: 1, y: 2, color: -1 }, [1, 2]],
      ['bad_color', { x: 1, y: 2, color: 256 }, [1, 2]],
      ['bad_color', { x: 1, y: 2, color: '#123456' }, [1, 2]],
      ['bad_color', { x: 1, y: 2, color: 'be0039' }, [1, 2]],
      [
        'bad_color',
        {
          pixels: [
            [0, 0, 1],
            [1, 0, 7],
            [9, 9, 1],
          ],
        },
        [1, 0],
      ],
      [
        'out_of_bounds',
        {
          pixels: [
            [0, 0, 1],
            [9, 9, 1],
            [1, 0, 7],
          ],
        },
        [9, 9],
      ],
    ];
    for (const [code, message, [x, y]] of offending) {
      expect(refusal(message), JSON.stringify(message)).to.deep.equal({ code, extra: { x, y } });
    }
  });

  it('are not understood where they are no pixels', () => {
    for (const message of [
      {},
      { x: 1 },
      { y: 1, color: 1 },
      { x: 1, y: 1 },
      { color: 1, tool: 'eraser' },
      { x: 1, y: 1, color: 1.5 },
      { x: 1, y: 1, color: 1, pixels: [[0, 0, 1]] },
      { color: 1, pixels: [[0, 0, 1]] },
      { pixels: [[0, 0]] },
      { pixels: [[0, '0', 1]] },
      { pixels: [['#ffffff', 0, 1]] },
      { pixels: [[0.5, 0, 1]] },
      {
        pixels: [
          [0, 0, 1],
          [0, 0, 0.5],
        ],
      },
    ] as const) {
      expect(refusal(message as unknown as CanvasPixelUpdate).code, JSON.stringify(message)).to.equal(
        'bad_message',
      );
    }
  });
});
