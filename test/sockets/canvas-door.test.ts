import { expect } from 'chai';
import fc from 'fast-check';
import type { FactNotice, Notice } from '../../actors/door.ts';
import { CanvasDoor, operationIdOf } from '../../http/sockets/canvas-door.ts';
import { PaintAcks } from '../../http/sockets/paint-acks.ts';
import type { CanvasFact, CanvasInfo, CanvasOpening } from '../../protocol/canvas-messages.ts';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import type { CanvasEncoding, CanvasStateMessage } from '../../protocol/canvas-socket.ts';
import type { ConnectionId, DocumentId, UserId } from '../../protocol/ids.ts';
import { everyCanvasFact, painted, rewound, someCanvas, someLock } from './canvas-facts.ts';
import { type CanvasFrame, canvasFramesOf, createCanvasChecker } from './canvas-messages.ts';
import { DOCUMENT_ID, OTHER_ID } from './harness.ts';

const CONNECTION = OTHER_ID as ConnectionId;
const ANN = '22222222-2222-4222-8222-222222222222' as UserId;
const BITMAP = `/v1/canvases/${DOCUMENT_ID}/bitmap`;
const check = createCanvasChecker();

function doorOf(encoding: CanvasEncoding = 'binary') {
  const learned: { seq: number; canvas: CanvasInfo }[] = [];
  const place = {
    canvas: someCanvas,
    online: 3,
    learn: (seq: number, canvas: CanvasInfo) => void learned.push({ seq, canvas }),
  };
  return { door: new CanvasDoor({ place, encoding, batchMs: 50 }), learned };
}

const noticeOf = (seq: number, fact: CanvasFact, paintId?: string): FactNotice => ({
  type: 'fact',
  seq,
  fact,
  ...(paintId === undefined
    ? {}
    : { origin: { connectionId: CONNECTION, operationId: operationIdOf(ANN, paintId) } }),
});

function welcome(opening: Partial<CanvasOpening> = {}, more: object = {}): Notice {
  return {
    type: 'welcome',
    documentId: DOCUMENT_ID as DocumentId,
    connectionId: CONNECTION,
    seq: 7,
    snapshotSeq: 4,
    presence: [],
    opening: { canvas: someCanvas, locks: [someLock], changed: null, ...opening },
    ...more,
  };
}

function guestAt(door: CanvasDoor, you: CanvasStateMessage['you'] = null) {
  const acks = new PaintAcks();
  const welcomed: number[] = [];
  door.admit({ connectionId: CONNECTION, you, acks, welcomed: (seq) => welcomed.push(seq) });
  return { acks, welcomed };
}

const shapeOf = (frames: readonly CanvasFrame[]): string[] =>
  frames.map((frame) => `${frame.type} ${'seq' in frame ? frame.seq : '-'}`);

describe('the canvas door', () => {
  it('[CANVAS-31] tells each event in frames with its seq, as asyncapi.yaml describes them', () => {
    for (const encoding of ['binary', 'json'] as const) {
      const { door } = doorOf(encoding);
      for (const [index, fact] of everyCanvasFact.entries()) {
        const frames = canvasFramesOf(door.encode(noticeOf(index + 1, fact)));
        expect(frames, fact.type).to.not.deep.equal([]);
        for (const frame of frames) {
          expect('seq' in frame && frame.seq, fact.type).to.equal(index + 1);
          expect(check(frame), fact.type).to.equal('');
        }
      }
    }
  });

  it('[CANVAS-31] writes pixels as bytes, or as JSON where that is asked for', () => {
    const fact = painted([11, 2], [25, 0]);
    expect(canvasFramesOf(doorOf('binary').door.encode(noticeOf(3, fact)))).to.deep.equal([
      {
        type: 'bulk',
        seq: 3,
        pixels: [
          [11, 2],
          [25, 0],
        ],
      },
    ]);
    expect(canvasFramesOf(doorOf('json').door.encode(noticeOf(3, fact)))).to.deep.equal([
      {
        type: 'pixel:bulk_update',
        seq: 3,
        pixels: [
          [1, 1, 2],
          [5, 2, 0],
        ],
      },
    ]);
  });

  it('[CANVAS-31] merges pixels into one frame, each once, with the last seq', () => {
    const pixel = fc.tuple(fc.nat(59), fc.nat(7));
    fc.assert(
      fc.property(fc.array(fc.array(pixel, { minLength: 1, maxLength: 9 }), { minLength: 2 }), (batches) => {
        const { door } = doorOf();
        const notices = batches.map((pixels, n) => noticeOf(n + 1, painted(...pixels)));
        expect(notices.every((notice) => door.merges(notice))).to.equal(true);
        const last = new Map(batches.flat());
        expect(canvasFramesOf(door.encodeMerged(notices))).to.deep.equal([
          { type: 'bulk', seq: batches.length, pixels: [...last].sort(([a], [b]) => a - b) },
        ]);
        expect(door.toldUpTo).to.equal(batches.length);
      }),
    );
  });

  it('[CANVAS-31] keeps everything else in its place', () => {
    const { door } = doorOf();
    for (const fact of everyCanvasFact.slice(1)) {
      expect(door.merges(noticeOf(1, fact)), fact.type).to.equal(false);
    }
  });

  it('[CANVAS-32] acknowledges in one frame all that a painter asked for, by its own names', () => {
    const { door } = doorOf();
    const { acks } = guestAt(door);
    for (const id of ['a', 'b:\u007e', 'c']) acks.open(id);
    const own = [noticeOf(3, painted([1, 1]), 'a'), noticeOf(5, painted([1, 2]), 'b:\u007e')];
    const [ack] = canvasFramesOf(door.encodeAcks(own));
    expect(ack).to.deep.equal({ type: 'pixel:ack', ids: ['a', 'b:\u007e'], seq: 5 });
    expect(ack && check(ack)).to.equal('');
    acks.delivered();
    expect(door.encodeAcks(own)).to.equal(undefined);
    const repeat = {
      type: 'repeat',
      seq: 2,
      origin: { connectionId: CONNECTION, operationId: operationIdOf(ANN, 'c') },
    } as const;
    expect(canvasFramesOf(door.encodeRepeat(repeat))).to.deep.equal([
      { type: 'pixel:ack', ids: ['c'], seq: 2 },
    ]);
    door.dismiss(CONNECTION);
    expect(door.encodeRepeat(repeat)).to.equal(undefined);
  });

  it('[CANVAS-30] welcomes with the canvas and where its pixels are', () => {
    const { door, learned } = doorOf();
    const you = { userId: ANN, name: 'Ann', role: 'painter' } as const;
    const { welcomed } = guestAt(door, you);
    const [state, ...more] = canvasFramesOf(door.encode(welcome()));
    expect(state).to.deep.equal({
      type: 'canvas:state',
      seq: 7,
      width: 10,
      height: 6,
      palette: someCanvas.palette,
      background: 2,
      locks: [someLock],
      online: 3,
      canvas: { id: DOCUMENT_ID, slug: 'wall', name: 'Wall', status: 'active' },
      rateLimits: someCanvas.rateLimits,
      you,
      bitmap: BITMAP,
    });
    expect(state && check(state)).to.equal('');
    expect(more).to.deep.equal([]);
    expect(welcomed).to.deep.equal([7]);
    expect(learned).to.deep.equal([{ seq: 7, canvas: someCanvas }]);
  });

  it('[CANVAS-37] shows one that is back what changed, once; nothing where nothing did; all where that is less', () => {
    const { door } = doorOf();
    guestAt(door);
    const changed = packPixels([
      [3, 1],
      [50, 2],
    ]);
    const back = canvasFramesOf(door.encode(welcome({ changed }, { after: 5 })));
    expect(shapeOf(back)).to.deep.equal(['canvas:state 7', 'bulk 7']);
    expect(back[0]).to.not.have.property('bitmap');
    expect(back[0]).to.have.property('you', null);
    expect(back[1]).to.have.deep.property('pixels', [
      [3, 1],
      [50, 2],
    ]);
    const same = canvasFramesOf(door.encode(welcome({ changed: new Uint8Array(0) }, { after: 7 })));
    expect(shapeOf(same)).to.deep.equal(['canvas:state 7']);
    expect(same[0]).to.not.have.property('bitmap');
    const far = canvasFramesOf(door.encode(welcome({ changed: null }, { after: 1 })));
    expect(shapeOf(far)).to.deep.equal(['canvas:state 7']);
    expect(far[0]).to.have.property('bitmap', BITMAP);
    // 60 pixels as a bitmap are shorter than 5 of them as JSON, and 15 as bytes.
    for (const [encoding, most] of [
      ['json', 4],
      ['binary', 15],
    ] as const) {
      const short = packPixels(Array.from({ length: most }, (_, index) => [index, 1] as const));
      const long = packPixels(Array.from({ length: most + 1 }, (_, index) => [index, 1] as const));
      const shown = (pixels: Uint8Array) =>
        canvasFramesOf(doorOf(encoding).door.encode(welcome({ changed: pixels }, { after: 1 })));
      expect(shown(short), encoding).to.have.lengthOf(2);
      expect(shown(long), encoding).to.have.lengthOf(1);
      expect(shown(long)[0], encoding).to.have.property('bitmap', BITMAP);
    }
    expect(door.resumingFromState(5)).to.deep.equal({ type: 'canvas.opening', after: 5 });
  });

  it('tells a crash by where all pixels are, but not a second time to one who was just welcomed', () => {
    const { door } = doorOf();
    const opening = { canvas: someCanvas, locks: [someLock], changed: null };
    const frames = canvasFramesOf(door.encode({ type: 'resync', seq: 8, opening }));
    expect(frames).to.deep.equal([
      {
        type: 'canvas:reload',
        seq: 8,
        bitmap: BITMAP,
        canvas: { id: DOCUMENT_ID, slug: 'wall', name: 'Wall', status: 'active' },
        palette: someCanvas.palette,
        locks: [someLock],
        rateLimits: someCanvas.rateLimits,
      },
    ]);
    expect(frames[0] && check(frames[0])).to.equal('');
    expect(door.toldUpTo).to.equal(8);
    expect(door.encode({ type: 'resync', seq: 9 })).to.equal(undefined);
    expect(door.toldUpTo).to.equal(8);
  });

  it('[CANVAS-39] tells a rewind as pixels, and directly after them what it means; a large one by the bitmap', () => {
    const { door } = doorOf();
    const region = { x: 0, y: 0, width: 5, height: 5 };
    const small = canvasFramesOf(
      door.encode(noticeOf(9, rewound(2, { reason: 'vandals', region, userId: 'eve' }))),
    );
    expect(small).to.deep.equal([
      {
        type: 'bulk',
        seq: 9,
        pixels: [
          [0, 1],
          [1, 1],
        ],
      },
      {
        type: 'moderation:rewind',
        seq: 9,
        by: 'mo',
        to: 3,
        pixels: 2,
        reason: 'vandals',
        region,
        userId: 'eve',
      },
    ]);
    expect(canvasFramesOf(door.encode(noticeOf(10, rewound(100_001))))).to.deep.equal([
      { type: 'canvas:reload', seq: 10, bitmap: BITMAP },
      { type: 'moderation:rewind', seq: 10, by: 'mo', to: 3, pixels: 100_001 },
    ]);
  });

  it('[CANVAS-39] tells locks, and what of the canvas changed', () => {
    const { door, learned } = doorOf();
    const tell = (fact: CanvasFact) => canvasFramesOf(door.encode(noticeOf(4, fact)));
    expect(tell({ type: 'locked', lock: someLock })).to.deep.equal([
      { type: 'moderation:lock', seq: 4, lock: someLock },
    ]);
    expect(tell({ type: 'unlocked', lock: someLock, reason: 'over' })).to.deep.equal([
      { type: 'moderation:unlock', seq: 4, lockId: someLock.id, reason: 'over' },
    ]);
    const canvas: CanvasInfo = { ...someCanvas, status: 'archived', palette: ['#000000', '#ffffff'] };
    expect(tell({ type: 'canvas.updated', canvas, changed: ['palette'] })).to.deep.equal([
      { type: 'moderation:palette', seq: 4, palette: ['#000000', '#ffffff'] },
    ]);
    expect(shapeOf(tell({ type: 'canvas.updated', canvas, changed: ['status'] }))).to.deep.equal([
      'canvas:updated 4',
    ]);
    expect(shapeOf(tell({ type: 'canvas.updated', canvas, changed: ['palette', 'name'] }))).to.deep.equal([
      'moderation:palette 4',
      'canvas:updated 4',
    ]);
    expect(learned).to.deep.equal(Array.from({ length: 3 }, () => ({ seq: 4, canvas })));
  });

  it('tells how many are there, and of nobody who it is', () => {
    const { door } = doorOf();
    const fact = { type: 'presence', online: 12 };
    expect(canvasFramesOf(door.encode({ type: 'transient', fact }))).to.deep.equal([fact]);
    const presence = { connectionId: CONNECTION, userId: ANN, displayName: 'Ann', data: {} };
    for (const change of ['joined', 'updated', 'left'] as const) {
      expect(door.encode({ type: 'presence', change, presence })).to.equal(undefined);
    }
  });
});
