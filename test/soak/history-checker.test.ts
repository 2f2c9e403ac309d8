import { expect } from 'chai';
import type { HistoryEvent } from '../../tools/soak/history.ts';
import { checkHistory } from '../../tools/soak/history-checker.ts';

/** A history in short: each line is what one client saw on its only socket, `*` after a name for its second one. */
function history(text: string): HistoryEvent[] {
  const sessions = new Map<string, number>();
  return text
    .trim()
    .split('\n')
    .map((line): HistoryEvent => {
      const [who = '', type, first = '', second = ''] = line.trim().split(/ +/);
      const client = who.replace('*', '');
      const session = sessions.get(who) ?? sessions.size;
      sessions.set(who, session);
      const place = { client, session };
      switch (type) {
        case 'dials':
          return { type: 'dialled', ...place };
        case 'joins':
          return { type: 'joined', ...place, version: Number(first), headSeq: Number(second) };
        case 'sends':
          return { type: 'sent', ...place, opId: first, delta: `bytes of ${first}` };
        case 'acked':
          return { type: 'acked', ...place, opId: first, seq: Number(second) };
        case 'gets':
          return {
            type: 'received',
            ...place,
            seq: Number(first),
            ...(second === '' ? {} : { delta: `bytes of ${second}` }),
          };
        default:
          throw new TypeError(line);
      }
    });
}

const rulesBroken = (text: string): string[] => [
  ...new Set(checkHistory(history(text)).map(({ rule }) => rule)),
];

const BOTH_JOIN = `
  ann dials
  ann joins 0 1
  ann gets 1
  bob dials
  bob joins 0 1
  bob gets 1`;

describe('the checker of histories', () => {
  it('finds nothing wrong with a server that keeps its promises', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        bob sends b1
        ann gets 2 b1
        bob acked b1 2
        ann acked a1 3
        bob gets 3 a1
        bob sends b2
        bob acked b2 4`),
    ).to.deep.equal([]);
  });

  it('accepts that an update whose ack was lost comes back, and is acknowledged at its old seq', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        bob gets 2 a1
        ann* dials
        ann* joins 1 2
        ann* sends a1
        ann* gets 2 a1
        ann* acked a1 2`),
    ).to.deep.equal([]);
  });

  it('accepts that an update which never arrived is sent again and gets a new seq', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        ann* dials
        ann* joins 1 1
        ann* sends a1
        ann* acked a1 2
        bob gets 2 a1`),
    ).to.deep.equal([]);
  });

  it('catches an ack of which a later reader finds nothing', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        ann acked a1 2
        bob* dials
        bob* joins 0 1`),
    ).to.deep.equal(['lost']);
  });

  it('does not blame a reader who came before the ack', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        bob* dials
        ann acked a1 2
        bob* joins 0 1`),
    ).to.deep.equal([]);
  });

  it('catches an ack at a place where others were told something else', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        bob sends b1
        ann acked a1 2
        bob gets 2 x1`),
    ).to.deep.equal(['lost']);
  });

  it('catches two clients who were told different things at one place', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann gets 2 x1
        bob gets 2 y1`),
    ).to.deep.equal(['lost']);
  });

  it('catches an operation that was stored twice', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        bob gets 2 a1
        bob gets 3 a1`),
    ).to.deep.equal(['duplicate']);
  });

  it('catches an operation that was acknowledged at two places', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        ann acked a1 2
        ann* dials
        ann* joins 2 2
        ann* sends a1
        ann* acked a1 3`),
    ).to.deep.equal(['duplicate']);
  });

  it('catches a place that was acknowledged to two operations', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        bob sends b1
        ann acked a1 2
        bob acked b1 2`),
    ).to.deep.equal(['duplicate']);
  });

  it('catches an ack for what nobody sent', () => {
    expect(rulesBroken(`${BOTH_JOIN}\n bob acked x1 2`)).to.deep.equal(['duplicate']);
  });

  it('catches a hole, a step back, and an update before the state', () => {
    expect(rulesBroken(`${BOTH_JOIN}\n ann gets 3 x1`)).to.deep.equal(['gap']);
    expect(rulesBroken(`${BOTH_JOIN}\n ann gets 1`)).to.deep.equal(['gap']);
    expect(rulesBroken('ann dials\n ann gets 1 x1')).to.deep.equal(['gap']);
  });

  it('catches an ack that overtakes an update', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        ann acked a1 3
        ann gets 2 x1`),
    ).to.deep.equal(['gap']);
  });

  it('catches an update that was put before one that had been acknowledged when it was sent', () => {
    expect(
      rulesBroken(`${BOTH_JOIN}
        ann sends a1
        ann gets 2 b1
        ann acked a1 3
        bob sends b1
        bob acked b1 2`),
    ).to.deep.equal(['reorder']);
  });
});
