import { expect } from 'chai';
import type { CanvasAuditPage, CanvasHistory } from '../../client/canvases-api.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import { CanvasJudge, type JudgedCanvas } from '../../tools/soak/canvas/canvas-judge.ts';
import { CanvasLedger } from '../../tools/soak/canvas/canvas-ledger.ts';

const PLACE = { canvasId: 'canvas', width: 3, height: 2 };
const AT = '2026-11-21T12:00:00.000Z';

type Item = CanvasHistory['items'][number];
type Pixels = readonly (readonly [index: number, color: number])[];

const base64 = (pixels: Pixels): string => Buffer.from(packPixels(pixels)).toString('base64');
const created: Item = { seq: 1, at: AT, userId: 'mo', kind: 'canvas.created' };
const painted = (seq: number, userId: string, pixels: Pixels): Item => ({
  seq,
  at: AT,
  userId,
  kind: 'painted',
  packed: base64(pixels),
});
const rewound = (seq: number, pixels: Pixels): Item => ({
  seq,
  at: AT,
  userId: 'mo',
  kind: 'rewound',
  packed: base64(pixels),
});
const locked = (seq: number): Item => ({ seq, at: AT, userId: 'mo', kind: 'locked' });

/** Ann painted pixel 0 with 5 at 2, Bob pixel 1 with 6 at 3; both were acknowledged. */
function soundLedger(): CanvasLedger {
  const ledger = new CanvasLedger();
  ledger.sends('ann', 'a', packPixels([[0, 5]]));
  ledger.sends('bob', 'b', packPixels([[1, 6]]));
  ledger.acknowledged('ann', 'a', 2);
  ledger.acknowledged('bob', 'b', 3);
  return ledger;
}
const SOUND: readonly Item[] = [created, painted(2, 'ann', [[0, 5]]), painted(3, 'bob', [[1, 6]])];

interface Told {
  readonly items?: readonly Item[];
  readonly bitmap?: readonly number[];
  readonly audits?: CanvasAuditPage['items'];
}

async function judged(
  ledger: CanvasLedger,
  { items = SOUND, bitmap = [5, 6, 0, 0, 0, 0], audits = [] }: Told,
) {
  const seq = items.at(-1)?.seq ?? 0;
  const canvas: JudgedCanvas = {
    bitmap: async () => ({ seq, bytes: Uint8Array.from(bitmap) }),
    history: async () => ({ items: [...items], next: null, seq }),
    audit: async () => ({ items: [...audits], page: 1, size: 100, total: audits.length }),
  };
  const judge = new CanvasJudge(canvas, PLACE, ledger);
  await judge.judge();
  await judge.judgeEnd();
  return ledger.violations.join('; ');
}

describe('the judge of canvases', () => {
  it('finds nothing wrong with a server that keeps its promises', async () => {
    expect(await judged(soundLedger(), {})).to.equal('');
  });

  it('accepts a painting that nobody was told of, whether it is there or not', async () => {
    const ledger = soundLedger();
    ledger.sends('ann', 'c', packPixels([[2, 7]]));
    ledger.sends('bob', 'd', packPixels([[3, 7]]));
    const items = [...SOUND, painted(4, 'bob', [[3, 7]])];
    expect(await judged(ledger, { items, bitmap: [5, 6, 0, 7, 0, 0] })).to.equal('');
  });

  it('catches an acknowledged painting that is not there', async () => {
    const items = [created, painted(2, 'ann', [[0, 5]]), painted(3, 'bob', [[1, 4]])];
    expect(await judged(soundLedger(), { items, bitmap: [5, 4, 0, 0, 0, 0] })).to.include(
      'was acknowledged at 3, and is in the log at ',
    );
  });

  it('catches a painting that is there twice, or later than was told, or that nobody sent', async () => {
    const twice = [...SOUND, painted(4, 'ann', [[0, 5]])];
    expect(await judged(soundLedger(), { items: twice })).to.include('was sent 1 times, and is at 2,4');
    const late = [created, painted(2, 'bob', [[1, 6]]), painted(3, 'ann', [[0, 5]])];
    expect(await judged(soundLedger(), { items: late })).to.include('ann 0:5 was acknowledged at 2');
    const invented = [...SOUND, painted(4, 'eve', [[2, 2]])];
    expect(await judged(soundLedger(), { items: invented, bitmap: [5, 6, 2, 0, 0, 0] })).to.include(
      'nobody sent eve 2:2',
    );
  });

  it('catches a hole in the log, a log that went back, and a bitmap that is not what its log gives', async () => {
    const hole = [created, painted(2, 'ann', [[0, 5]]), painted(4, 'bob', [[1, 6]])];
    expect(await judged(soundLedger(), { items: hole })).to.include('the log has 4 where 3 is due');
    const ledger = soundLedger();
    ledger.sees(9);
    expect(await judged(ledger, {})).to.include('the bitmap is of 3 after 9 was told');
    expect(await judged(soundLedger(), { bitmap: [5, 6, 0, 0, 0, 1] })).to.include(
      'is not what its log gives',
    );
  });

  it('catches an ack of what nobody sent', async () => {
    const ledger = soundLedger();
    ledger.acknowledged('ann', 'z', 3);
    expect(await judged(ledger, {})).to.include('got an ack for z');
  });

  it('catches what was painted into a lock', async () => {
    const items = [created, locked(2), painted(3, 'ann', [[0, 5]])];
    const ledger = new CanvasLedger();
    ledger.sends('ann', 'a', packPixels([[0, 5]]));
    const lock = { id: 'l', seq: 2, at: AT, action: 'lock', userId: 'mo', name: 'Mo' } as const;
    const told = (x: number) => ({
      items,
      bitmap: [5, 0, 0, 0, 0, 0],
      audits: [{ ...lock, details: { lockId: 'l', x, y: 0, width: 1, height: 2 } }],
    });
    expect(await judged(ledger, told(1))).to.equal('');
    expect(await judged(ledger, told(0))).to.include('3 painted 0, which was locked');
  });

  it('catches a rewind that is not in the log, or leaves what it should put back', async () => {
    const rewind = { to: 1, after: 3, isOfOneUser: false, pixels: 2 };
    const whole = [
      ...SOUND,
      rewound(4, [
        [0, 0],
        [1, 0],
      ]),
    ];
    const ledgerWith = (pixels: number): CanvasLedger => {
      const ledger = soundLedger();
      ledger.rewinds.set(4, { ...rewind, pixels });
      return ledger;
    };
    const bitmap = [0, 0, 0, 0, 0, 0];
    expect(await judged(ledgerWith(2), { items: whole, bitmap })).to.equal('');
    expect(await judged(ledgerWith(3), { items: whole, bitmap })).to.include('has 2 pixels, not 3');
    const half = [...SOUND, rewound(4, [[0, 0]])];
    expect(await judged(ledgerWith(1), { items: half, bitmap: [0, 6, 0, 0, 0, 0] })).to.include(
      'the rewind at 4 left 1 other than it was at 1',
    );
    expect(await judged(ledgerWith(2), {})).to.include('a rewind was answered at 4');
  });
});
