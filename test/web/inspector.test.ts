import { expect } from 'chai';
import type { InspectorChart, InspectorRecord } from '../../protocol/inspector-socket.ts';
import { layoutChart, STATE_HEIGHT, STATE_WIDTH } from '../../web/inspector/chart-layout.ts';
import {
  readableCount,
  readableDuration,
  readableRate,
  readableSize,
  shortId,
} from '../../web/inspector/format.ts';
import { describeLatency, scaleOf, segmentsOf, totalOf } from '../../web/inspector/latency.ts';
import { mergeRecords, RECORDS_KEPT } from '../../web/inspector/record-list.ts';
import { sequenceOf } from '../../web/inspector/sequence.ts';

const record = (no: number, more: Partial<InspectorRecord> = {}): InspectorRecord => ({
  no,
  type: 'execute',
  from: 'http',
  at: 1_000 + no,
  outcome: 'ok',
  state: 'active',
  ...more,
});

const DURABLE = { taken_us: 5, executed_us: 105, committed_us: 1_105, published_us: 1_205, seq: 9 };

describe('the records of the inspector', () => {
  it('are in order, each once as it is now, and no more than so many', () => {
    const first = mergeRecords([], [record(1), record(2, { outcome: 'pending' }), record(3)]);
    const second = mergeRecords(first, [record(2), record(4)]);
    expect(second.map(({ no, outcome }) => `${no} ${outcome}`)).to.deep.equal([
      '1 ok',
      '2 ok',
      '3 ok',
      '4 ok',
    ]);
    expect(second[0]).to.equal(first[0]);
    expect(mergeRecords(second, [])).to.equal(second);
    const many = mergeRecords(
      second,
      Array.from({ length: RECORDS_KEPT }, (_, i) => record(i + 5)),
    );
    expect(many).to.have.length(RECORDS_KEPT);
    expect(many[0]?.no).to.equal(5);
    // One that changed after it was forgotten does not come back at the end.
    expect(mergeRecords(many, [record(1, { outcome: 'failed' })]).map(({ no }) => no)).not.to.include(1);
  });

  it('say how long each part took, as far as it has happened', () => {
    expect(segmentsOf(record(1, DURABLE))).to.deep.equal([
      { part: 'mailbox', us: 5 },
      { part: 'handling', us: 100 },
      { part: 'store', us: 1_000 },
      { part: 'publishing', us: 100 },
    ]);
    expect(totalOf(record(1, DURABLE))).to.equal(1_205);
    expect(segmentsOf(record(1, { outcome: 'waiting' }))).to.deep.equal([]);
    expect(describeLatency(record(1), readableDuration)).to.equal('waits');
    expect(describeLatency(record(1, { taken_us: 5, executed_us: 2_005 }), readableDuration)).to.equal(
      '5 µs in the mailbox · 2.0 ms handled',
    );
  });

  it('share one scale, which one slow message does not spoil', () => {
    const quick = Array.from({ length: 99 }, (_, no) => record(no, { executed_us: 130 }));
    expect(scaleOf([...quick, record(100, { executed_us: 9_000_000 })])).to.equal(200);
    expect(scaleOf([])).to.equal(10);
  });

  it('are written so that people can read them', () => {
    expect([7, 1_400, 87_000, 2_100_000].map(readableDuration)).to.deep.equal([
      '7 µs',
      '1.4 ms',
      '87 ms',
      '2.1 s',
    ]);
    expect([7, 1_234, 34_500, 999_900].map(readableCount)).to.deep.equal(['7', '1.2k', '35k', '1.0M']);
    expect([0, 0.5, 12.4, 4_000].map(readableRate)).to.deep.equal(['0', '0.5', '12', '4.0k']);
    expect([12, 2_345, 1_200_000].map(readableSize)).to.deep.equal(['12 B', '2.3 kB', '1.2 MB']);
    expect(shortId('0b9619ff-8b86-4011-b42d-00c04fc964ff')).to.equal('0b9619ff');
  });
});

describe('the sequence of messages', () => {
  it('shows an event on its way: asked, appended, acknowledged, told', () => {
    const records = [
      record(1, { ...DURABLE, from: 'room', command: 'annotation.update', readers: 3, doors: ['room'] }),
      record(2, { type: 'committed', from: 'store', at: 1_002.05, events: 1, seq: 9 }),
    ];
    const { lanes, steps } = sequenceOf(records, 100);
    expect(lanes).to.deep.equal(['room', 'actor', 'store', 'subscribers']);
    expect(steps.map(({ from, to, label }) => `${from} > ${to}: ${label}`)).to.deep.equal([
      'room > actor: annotation.update',
      'actor > store: append #9',
      'store > actor: committed · 1 event',
      'actor > room: durable #9',
      'actor > subscribers: #9 to 3 · room',
    ]);
  });

  it('shows refusals, the life of the actor, and the latest arrows only', () => {
    const records = [
      record(1, { executed_us: 10, outcome: 'version_conflict' }),
      record(2, { type: 'actor.crashed', from: 'runtime', outcome: 'ok', state: 'crashed' }),
      record(3, { type: 'presence', from: 'zebra', taken_us: 1, executed_us: 2 }),
    ];
    const { lanes, steps } = sequenceOf(records, 100);
    expect(lanes).to.deep.equal(['http', 'zebra', 'actor', 'store', 'subscribers']);
    expect(steps.map(({ label, look }) => `${label} ${look}`)).to.deep.equal([
      'execute message',
      'version_conflict trouble',
      'crashed trouble',
      'presence message',
    ]);
    expect(new Set(steps.map(({ key }) => key)).size).to.equal(4);
    expect(sequenceOf(records, 2).steps.map(({ label }) => label)).to.deep.equal(['crashed', 'presence']);
    expect(sequenceOf([], 10)).to.deep.equal({ lanes: ['actor', 'store', 'subscribers'], steps: [] });
  });
});

describe('the layout of a state chart', () => {
  const state = (name: string, transitions: InspectorChart['states'][number]['transitions'] = []) => ({
    name,
    final: transitions.length === 0,
    tags: [],
    entry: [],
    handles: [],
    transitions,
  });
  const to = (event: string, target: string, guard?: string) => ({
    event,
    target,
    actions: [],
    ...(guard === undefined ? {} : { guard }),
  });
  const chart: InspectorChart = {
    id: 'document',
    initial: 'loading',
    states: [
      state('stopped'),
      state('loading', [to('loaded', 'active'), { event: '*', actions: ['stash'] }]),
      state('active', [to('passivate', 'leaving', 'isQuiet'), to('kill', 'leaving')]),
      state('leaving', [to('left', 'active', 'hasStash'), to('left', 'stopped')]),
      state('island', [to('swim', 'loading')]),
    ],
  };

  it('puts states in the order in which they are reached, and has one arrow for each way', () => {
    const { states, arrows } = layoutChart(chart, 'across');
    expect(states.map(({ name }) => name)).to.deep.equal([
      'loading',
      'active',
      'leaving',
      'stopped',
      'island',
    ]);
    expect(states[0]).to.deep.include({ isInitial: true, inside: ['any other → stash'] });
    expect(arrows.map(({ key, labels }) => `${key} ${labels.join('; ')}`)).to.have.members([
      'loading>active loaded',
      'active>leaving passivate [isQuiet]; kill',
      'leaving>active left [hasStash]',
      'leaving>stopped left',
      'island>loading swim',
    ]);
  });

  it('keeps everything within its bounds, across and down', () => {
    for (const direction of ['across', 'down'] as const) {
      const { width, height, states, arrows } = layoutChart(chart, direction);
      for (const { x, y } of states) {
        expect(x).to.be.within(0, width - STATE_WIDTH);
        expect(y).to.be.within(0, height - STATE_HEIGHT);
      }
      for (const { labelX, labelY, path } of arrows) {
        expect(path).to.match(/^M/);
        expect(labelX).to.be.within(0, width);
        expect(labelY).to.be.within(0, height);
      }
    }
  });
});
