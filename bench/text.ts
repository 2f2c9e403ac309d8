/**
 * Text documents end to end, against a plain `ws` relay that stores nothing, in the same run.
 *
 * Each server is a process of its own; the clients are this process. The relay's acks say only that it has sent; ours,
 * with sqlite, that the update is on disk.
 */
import { type Figure, report } from './report.ts';
import { measureDeliveries } from './text-deliveries.ts';
import { measureJoins } from './text-join.ts';
import { type Latency, measureLatency } from './text-latency.ts';
import { measureStalled, STALLED_LOAD } from './text-stalled.ts';
import { startRelay, startTroupe, type TextTarget } from './text-target.ts';

const figures: Figure[] = [];

function add(name: string, value: number, unit: string, target?: string): void {
  figures.push({ name, value, unit, ...(target === undefined ? {} : { target }) });
}

function addLatency(name: string, { p50, p95, p99 }: Latency, base?: Latency): void {
  const edits = `10 editors × 20/s, ${name}`;
  add(`${edits}: p50`, p50, 'ms', base === undefined ? undefined : '< 50');
  add(`${edits}: p95`, p95, 'ms', base === undefined ? undefined : '< 15 idle, < 150 always');
  add(`${edits}: p99`, p99, 'ms');
  if (base !== undefined) add(`${edits}: p50, times relay`, p50 / base.p50, '×', '≤ 4');
}

async function addJoins(target: TextTarget): Promise<void> {
  const { socket, http } = await measureJoins(target);
  const joins = `200 KB state, ${target.name}`;
  add(`${joins}: one joins`, socket.one, 'ms', '< 300');
  add(`${joins}: one reads by HTTP`, http.one, 'ms');
  add(`${joins}: one, times HTTP`, socket.one / http.one, '×');
  add(`${joins}: 50 join at once`, socket.crowd, 'ms', '< 300');
  add(`${joins}: 50 read by HTTP`, http.crowd, 'ms');
  add(`${joins}: 50, times HTTP`, socket.crowd / http.crowd, '×');
}

async function addStalled(target: TextTarget): Promise<void> {
  const { without, with: stalled } = await measureStalled(target);
  const readers = `${STALLED_LOAD}, ${target.name}`;
  add(`${readers}: p99`, without.latency.p99, 'ms');
  add(`${readers}, one stalled: p99 of the others`, stalled.latency.p99, 'ms');
  add(
    `${readers}, one stalled: p99, times none stalled`,
    stalled.latency.p99 / without.latency.p99,
    '×',
    '≤ 1.5',
  );
  add(`${readers}: most memory of the server`, without.rss, 'MB');
  add(`${readers}, one stalled: most memory of the server`, stalled.rss, 'MB');
  add(`${readers}: most memory outside of the heap`, without.external, 'MB');
  add(`${readers}, one stalled: most memory outside of the heap`, stalled.external, 'MB');
}

async function compare(relay: TextTarget, troupe: TextTarget): Promise<void> {
  // One right after the other: the machine may have other things to do, and not always equally many.
  const relayLatency = await measureLatency(relay);
  const latency = await measureLatency(troupe);
  const relayRate = await measureDeliveries(relay);
  const rate = await measureDeliveries(troupe);
  addLatency(`relay before ${troupe.name}`, relayLatency);
  addLatency(troupe.name, latency, relayLatency);
  add(`50 clients, 10 senders, relay before ${troupe.name}`, relayRate, 'deliveries/s');
  add(`50 clients, 10 senders, ${troupe.name}`, rate, 'deliveries/s');
  add(`50 clients, 10 senders, ${troupe.name}, times relay`, rate / relayRate, '×', '≥ 4');
  await addJoins(troupe);
}

const relay = await startRelay();
try {
  for (const store of ['memory', 'sqlite'] as const) {
    const troupe = await startTroupe(store);
    try {
      await compare(relay, troupe);
      if (store === 'sqlite') await addStalled(troupe);
    } finally {
      await troupe.stop();
    }
  }
} finally {
  await relay.stop();
  // What was measured before something failed, too.
  report('text', figures);
}
