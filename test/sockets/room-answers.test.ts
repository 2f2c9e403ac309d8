import { expect } from 'chai';
import fc from 'fast-check';
import { RoomAnswers } from '../../http/sockets/room-answers.ts';
import { Problem } from '../../protocol/problem.ts';
import type { RoomErrorCode } from '../../protocol/room-socket.ts';
import { createRoomChecker, type RoomFrame, roomFramesOf } from './room-messages.ts';

const BAD = new Problem('invalid', 'cut off', { extra: { reason: 'malformed' } });
const MISSING = new Problem('invalid', 'builds on others', {
  extra: { reason: 'missing_updates', stateVector: 'AA==' },
});
const TOO_LARGE = new Problem('too_large', 'too large');

function start() {
  const log: (number | RoomErrorCode)[] = [];
  const answers = new RoomAnswers({
    onAcknowledged: (frame) => log.push(frame.number),
    onRefused: (code) => log.push(code),
  });
  return { answers, log };
}

const shapeOf = (frames: readonly RoomFrame[]): string[] =>
  frames.map((frame) =>
    frame.type === 'ack' ? `ack ${frame.seq}` : frame.type === 'error' ? `${frame.code} ${frame.frame}` : '?',
  );
const said = (bytes: Uint8Array | undefined): string[] => shapeOf(roomFramesOf(bytes));

describe('the answers to the frames of a room client', () => {
  const check = createRoomChecker();

  it('are messages of asyncapi.yaml', () => {
    const { answers } = start();
    const [first] = [answers.open(1, 0), answers.open(1, 0), answers.open(1, 0), answers.open(1, 0)];
    first.quarantined = [{ id: 'x', path: '/geometry', message: 'must be there' }];
    const frames = [
      ...roomFramesOf(answers.acknowledge(1)),
      ...roomFramesOf(answers.refuse(BAD)),
      ...roomFramesOf(answers.refuse(MISSING)),
      ...roomFramesOf(answers.refuse(new Problem('internal', 'failed'))),
    ];
    for (const frame of frames) expect(check(frame), JSON.stringify(frame)).to.equal('');
    expect(frames).to.have.lengthOf(5);
  });

  it('say what was quarantined directly after the ack', () => {
    const { answers, log } = start();
    const frame = answers.open(1, 0);
    answers.open(1, 0);
    frame.quarantined = [{ id: 'x', path: '/type', message: 'is not known' }];
    expect(roomFramesOf(answers.acknowledge(7))).to.deep.equal([
      { type: 'ack', seq: 7 },
      {
        type: 'error',
        code: 'quarantined',
        message: 'Some entries do not validate; nobody else sees them until they are mended.',
        entries: [{ id: 'x', path: '/type', message: 'is not known' }],
      },
    ]);
    expect(said(answers.acknowledge(8))).to.deep.equal(['ack 8']);
    expect(log).to.deep.equal([1, 'quarantined', 2]);
  });

  it('tell what is missing with the state vector that the document has', () => {
    const { answers } = start();
    answers.open(1, 0);
    expect(roomFramesOf(answers.refuse(MISSING))).to.deep.equal([
      { type: 'error', code: 'missing_updates', message: 'builds on others', frame: 1, stateVector: 'AA==' },
    ]);
  });

  it('keep the order of the frames, also of those that never reached the document', () => {
    const { answers } = start();
    const frames = Array.from({ length: 6 }, () => answers.open(1, 0));
    const giveUp = (number: number): string[] => {
      const frame = frames[number - 1];
      if (frame === undefined) throw new Error(`no frame ${number}`);
      return said(answers.giveUp(frame, TOO_LARGE));
    };
    expect(giveUp(2)).to.deep.equal([]);
    expect(giveUp(3)).to.deep.equal([]);
    expect(said(answers.acknowledge(5))).to.deep.equal(['ack 5', 'too_large 2', 'too_large 3']);
    expect(giveUp(4)).to.deep.equal(['too_large 4']);
    expect(giveUp(6)).to.deep.equal([]);
    expect(said(answers.refuse(BAD))).to.deep.equal(['bad_update 5', 'too_large 6']);
    expect(answers.acknowledge(9)).to.equal(undefined);
  });

  it('are one for each frame, in their order, whatever becomes of them', () => {
    const step = fc.constantFrom('frame', 'document', 'refused', 'give-up');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const { answers } = start();
        const waiting: ReturnType<RoomAnswers['open']>[] = [];
        const heard: string[] = [];
        let opened = 0;
        for (const what of steps) {
          if (what === 'frame') {
            waiting.push(answers.open(1, 0));
            opened += 1;
          } else if (what === 'give-up') {
            const frame = waiting.pop();
            if (frame !== undefined) heard.push(...said(answers.giveUp(frame, TOO_LARGE)));
          } else if (waiting.length > 0) {
            const frame = waiting.shift();
            const number = frame?.number ?? 0;
            heard.push(...said(what === 'document' ? answers.acknowledge(number) : answers.refuse(BAD)));
          }
        }
        for (const { number } of waiting) heard.push(...said(answers.acknowledge(number)));
        const numbers = heard.map((text) => Number(text.split(' ')[1]));
        expect(numbers).to.deep.equal(Array.from({ length: opened }, (_, index) => index + 1));
      }),
    );
  });

  it('give up a client after three bad updates in a row, and only then', () => {
    const { answers } = start();
    for (let n = 0; n < 12; n += 1) answers.open(1, 0);
    for (const problem of [BAD, BAD]) answers.refuse(problem);
    answers.acknowledge(1);
    for (const problem of [BAD, BAD]) answers.refuse(problem);
    expect(answers.isHopeless).to.equal(false);
    answers.acknowledge(2);
    // What could be applied after others is not bad.
    for (const problem of [MISSING, MISSING, MISSING, BAD, BAD]) answers.refuse(problem);
    expect(answers.isHopeless).to.equal(false);
    answers.refuse(BAD);
    expect(answers.isHopeless).to.equal(true);
  });
});
