/**
 * Realtime fan-out: one document, many sockets, against a plain `ws` relay (one `JSON.stringify` per message, one
 * `ws.send` per message and socket) in the same run and the same process.
 *
 * Server and clients are processes of their own, and the clients only count frame headers, so that it is the server
 * that is measured. Clients report how much they have, the server keeps a bounded amount under way: nobody is slow and
 * nothing is dropped. `turn`: messages that are published in one turn of the event loop, which is what the group commit
 * of a busy document gives. With one message a turn both ways make one system call per socket, and that is the cost.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Measured, Ports, Way } from './fan-out-orders.ts';
import { type Figure, median, report } from './report.ts';

const SOCKETS = [50, 1_000];
const TURNS = [1, 8, 32];
const ROUNDS = 3;
const ROUND_MS = 200;
/** The promise is about a document that is busy. */
const TARGET = { turn: 8, text: '≥ 4' };

/** Another process of this benchmark, from the file beside this one. */
const start = (role: string): ChildProcess =>
  fork(fileURLToPath(import.meta.url.replace(/(?=\.[a-z]+$)/, `-${role}`)));

async function ask<Answer>(child: ChildProcess, order: object): Promise<Answer> {
  child.send(order);
  const [answer] = await once(child, 'message');
  return answer;
}

const server = start('server');
const [ports] = (await once(server, 'message')) as [Ports];
const clients = start('clients');
const figures: Figure[] = [];

for (const sockets of SOCKETS) {
  await ask(clients, { ports, sockets });
  for (const turn of TURNS) {
    const rates: Record<Way, number[]> = { troupe: [], relay: [] };
    const costs: Record<Way, number[]> = { troupe: [], relay: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const way of ['relay', 'troupe'] as const) {
        const order = { way, sockets, turn, ms: ROUND_MS };
        const { deliveries, seconds, cpuSeconds } = await ask<Measured>(server, order);
        rates[way].push(deliveries / seconds);
        costs[way].push((cpuSeconds / deliveries) * 1e6);
      }
    }
    const name = `${sockets} sockets, ${turn} a turn`;
    const target = turn === TARGET.turn ? { target: TARGET.text } : {};
    figures.push(
      { name: `${name}: deliveries`, value: median(rates.troupe), unit: '1/s' },
      { name: `${name}: deliveries of the relay`, value: median(rates.relay), unit: '1/s' },
      { name: `${name}: CPU per delivery`, value: median(costs.troupe), unit: 'µs' },
      { name: `${name}: CPU per delivery of the relay`, value: median(costs.relay), unit: 'µs' },
      {
        name: `${name}: deliveries, times relay`,
        value: median(rates.troupe) / median(rates.relay),
        unit: 'x',
        ...target,
      },
      {
        name: `${name}: CPU of the relay, times ours`,
        value: median(costs.relay) / median(costs.troupe),
        unit: 'x',
        ...target,
      },
    );
  }
}
server.kill();
clients.kill();
report('fan-out', figures);
