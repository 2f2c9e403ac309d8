import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from '../../protocol/problem.ts';
import { openCanvasSession, turn } from './canvas-fake.ts';
import { startCanvasHarness } from './canvas-harness.ts';
import { createCanvasChecker } from './canvas-messages.ts';
import { clientFrame } from './harness.ts';
import { rubbishBytes, rubbishTexts, writeAt } from './rubbish-messages.ts';

const SEEDS = 1_500;
const SEEDS_ON_SOCKETS = 100;

const VALID: readonly object[] = [
  { type: 'pixel:update', id: 'a', x: 1, y: 2, color: 3, tool: 'brush', clientTimestamp: 5 },
  { type: 'pixel:update', id: 'b', x: 1, y: 2, tool: 'eraser' },
  {
    type: 'pixel:update',
    id: 'c',
    pixels: [
      [1, 2, 3],
      [4, 5, '#515252'],
    ],
  },
  { type: 'pixel:update', id: 'd', pixels: [[1, 2]], tool: 'eraser' },
  { type: 'pixel:stroke:start', strokeId: 's' },
  { type: 'pixel:stroke:end', strokeId: 's' },
  { type: 'heartbeat', ts: 1 },
  { type: 'heartbeat' },
];

const number = fc.oneof(
  fc.integer({ min: -2, max: 12 }),
  fc.double(),
  fc.constantFrom(1e300, -0, 2 ** 31, 2 ** 53),
);
const odd = fc
  .record(
    {
      id: fc.oneof(fc.constantFrom('a', 'b'), fc.string({ maxLength: 70 })),
      x: number,
      y: number,
      color: fc.oneof(number, fc.constantFrom('#515252', '#FFFFFF', 'red', '')),
      pixels: fc.array(fc.array(fc.oneof(number, fc.constantFrom('#515252', '1')), { maxLength: 4 }), {
        maxLength: 4,
      }),
      tool: fc.constantFrom('brush', 'eraser', 'spray'),
    },
    { requiredKeys: [] },
  )
  .map((fields) => JSON.stringify({ type: 'pixel:update', ...fields }));
const text = rubbishTexts(VALID, { weight: 4, arbitrary: odd });

const step = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 6 }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom('commit', 'repeat', 'locked', 'overloaded', 'unavailable', 'defect'),
  },
);

const FATES: Readonly<Record<string, unknown>> = {
  locked: new Problem('locked', 'locked', { extra: { x: 1, y: 1 } }),
  overloaded: new Problem('overloaded', 'Too much.'),
  unavailable: new Problem('unavailable', 'No answer.'),
  defect: new TypeError('a defect'),
};

/** What a message must lead to: an answer at once, a painting that is answered later, or, of a stroke, nothing. */
const isStroke = (message: string): boolean => /"pixel:stroke:(start|end)"/.test(message);

describe('rubbish at the canvas door', () => {
  it(`[CANVAS-41] of ${SEEDS} kinds is answered once, or means what it says, and never throws`, async () => {
    const check = createCanvasChecker();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const { session, document, said, closed } = await openCanvasSession();
        let paintings = 0;
        for (const what of steps) {
          if (what instanceof Uint8Array) {
            session.binary();
          } else if (what === 'commit') {
            if (document.asked.length > 0) await document.commit();
          } else if (what === 'repeat') {
            if (document.asked.length > 0) await document.repeat(1);
          } else if (what in FATES) {
            if (document.asked.length > 0) await document.fail(FATES[what]);
          } else {
            const before = said.length + document.asked.length;
            session.text(what);
            await turn();
            const led = said.length + document.asked.length - before;
            if (isStroke(what)) expect(led, what).to.be.at.most(1);
            else expect(led, what).to.equal(1);
          }
        }
        paintings = document.asked.length;
        for (let n = 0; n < paintings; n += 1) await document.commit();
        for (const frame of said) expect(check(frame), JSON.stringify(frame)).to.equal('');
        expect(closed).to.deep.equal([]);
        session.ended();
        await turn();
      }),
      { numRuns: SEEDS },
    );
  }).timeout(120_000);

  it(`[CANVAS-41] of ${SEEDS_ON_SOCKETS} kinds on real sockets harms nobody`, async () => {
    const harness = await startCanvasHarness();
    const id = await harness.create();
    const token = await harness.token('Eve');
    const [witness, other] = [await harness.join(id, 'witness'), await harness.join(id, 'other')];
    const frame = text.map((message) => clientFrame(1, message));
    const raw = rubbishBytes(frame, frame);
    let paintings = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(raw, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (writes, isPainter) => {
          const path = `/v1/ws/canvases/${id}${isPainter ? `?token=${token}` : ''}`;
          await writeAt(harness, path, writes, async () => {
            witness.paint(`w${paintings}`, [paintings % 20, paintings % 10, paintings % 32]);
            await witness.acked(`w${paintings}`);
            paintings += 1;
          });
        },
      ),
      { numRuns: SEEDS_ON_SOCKETS },
    );
    while (harness.sockets.count() > 2) await witness.settled();
    const { seq, bytes } = await harness.bitmap(id);
    for (const client of [witness, other]) {
      await client.reach(seq);
      expect(Buffer.compare(client.colors ?? Buffer.alloc(0), bytes)).to.equal(0);
      expect(client.seqs).to.deep.equal([...client.seqs].sort((a, b) => a - b));
      expect(client.errors).to.deep.equal([]);
    }
    expect(harness.logged.filter(({ level }) => level >= 50)).to.deep.equal([]);
    expect(harness.runtime.crashes).to.deep.equal([]);
    await harness.close();
  }).timeout(120_000);
});
