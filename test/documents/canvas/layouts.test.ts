import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { CanvasEvent } from '../../../documents/canvas/canvas-events.ts';
import { canvasKind } from '../../../documents/canvas/canvas-kind.ts';
import { CanvasState } from '../../../documents/canvas/canvas-state.ts';
import { packPixels } from '../../../protocol/canvas-pixels.ts';
import type { EntityId, UserId } from '../../../protocol/ids.ts';
import { countingIds } from '../../contracts/document-kind-replay.ts';
import { createCanvas, RATE_LIMITS } from '../../helpers/canvas-steps.ts';

const ID = '5b0c8f6e-1d55-4d0a-9a64-0c3f2f1d7a10';
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

const by = { auditId: '00000000-0000-4000-8000-000000000001' as EntityId, name: 'Mö' };
const id = '00000000-0000-4000-8000-000000000002' as EntityId;
const region = { x: 1, y: 2, width: 300, height: 4 };
const pixels = packPixels([
  [0, 0],
  [1, 255],
  [16_777_215, 7],
]);

/** One of each event and of each of its variants, with the hash of its bytes in layout 1. */
const EVENTS: readonly (readonly [string, CanvasEvent])[] = [
  [
    '83552616d6c82197',
    {
      type: 'canvas.created',
      ...by,
      title: 'Wänd',
      slug: null,
      width: 900,
      height: 4096,
      palette: ['#ffffff', '#0a0b0c'],
      background: 1,
      rateLimits: RATE_LIMITS,
    },
  ],
  [
    '6b18c1cc0016eeb1',
    { type: 'canvas.updated', ...by, reason: 'r', title: 't', palette: ['#000000', '#010203'] },
  ],
  ['e639eea74de015ca', { type: 'canvas.updated', ...by, rateLimits: RATE_LIMITS, archived: false }],
  ['b274e43485565499', { type: 'painted', pixels }],
  ['4bb3324f25e33895', { type: 'painted', pixels, name: 'Ann', strokeId: 's1' }],
  ['53344b4a85b9197d', { type: 'locked', ...by, id, region }],
  ['6bf6e1f777e39c7f', { type: 'unlocked', ...by, reason: 'over', id }],
  ['9688e855c2ab91ae', { type: 'rewound', ...by, to: 300, pixels, region, userId: 'ann' }],
];

const SNAPSHOT_HASH = '91811f83e7b290d2';

describe('the layouts of a canvas', () => {
  it('are as the logs that are kept have them: a change needs a new version', () => {
    const hashes = EVENTS.map(([, event]) => hash(canvasKind.encode(event)));
    expect(hashes).to.deep.equal(EVENTS.map(([expected]) => expected));
    expect(canvasKind.eventVersion).to.equal(1);
  });

  it('give back every event as it was', () => {
    for (const [, event] of EVENTS) {
      expect(canvasKind.decode(canvasKind.encode(event), 1)).to.deep.equal(event);
    }
  });

  it('are refused in versions that are not known', () => {
    expect(() => canvasKind.decode(Uint8Array.of(3), 2)).to.throw('event layout 2 is not known');
    expect(() => canvasKind.decode(Uint8Array.of(99), 1)).to.throw('event tag 99 is not known');
    expect(() => canvasKind.restore(ID, Uint8Array.of(2))).to.throw('snapshot layout 2 is not known');
  });

  it('have a snapshot that stays as it is', () => {
    const state = new CanvasState(ID);
    const newId = countingIds();
    const all = [
      createCanvas(),
      { type: 'canvas.lock', name: 'Mo', reason: 'logo', region: { x: 0, y: 0, width: 2, height: 1 } },
      { type: 'canvas.paint', name: 'Ann', pixels: packPixels([[9, 3]]) },
    ] as const;
    all.forEach((command, index) => {
      const instant = { at: 1_700_000_000_000 + index, by: 'ann' as UserId, seq: index + 1 };
      canvasKind.execute(state, command, instant, newId);
    });
    expect(hash(canvasKind.snapshot(state))).to.equal(SNAPSHOT_HASH);
  });
});
