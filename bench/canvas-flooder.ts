/** Those who do harm to a canvas, in a process of their own: so much a second of what a server has to refuse. */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Flood, ToFlooder } from './canvas-orders.ts';
import { forgedToken, painterToken } from './canvas-tokens.ts';
import { TextSocket } from './text-socket.ts';

const TURN_MS = 10;
/** Users of one address, fewer than it may have sockets. */
const CROOKS = 40;
const AT_ONCE = 500;

interface Place {
  readonly url: string;
  readonly path: string;
}

let isOn = false;
/** What was done, by how it ended where that is known. */
let counts: Record<string, number> = {};

function count(what: string, by = 1): void {
  counts[what] = (counts[what] ?? 0) + by;
}

/** Somebody who comes back whenever he is shown out. */
class Crook {
  readonly #place: Place;
  readonly #address: string;
  readonly #token: string | undefined;
  #socket: TextSocket | undefined;
  #isComing = false;
  #hasLeft = false;

  constructor(place: Place, address: string, token?: string) {
    this.#place = place;
    this.#address = address;
    this.#token = token;
  }

  say(text: string): void {
    if (this.#socket === undefined) {
      void this.come();
      return;
    }
    count('messages');
    this.#socket.send(text);
  }

  async come(): Promise<void> {
    if (this.#isComing || this.#hasLeft || !isOn) return;
    this.#isComing = true;
    const { url, path } = this.#place;
    const query = this.#token === undefined ? '' : `?token=${this.#token}`;
    try {
      const socket = await TextSocket.open(url, `${path}${query}`, undefined, undefined, {
        'X-Forwarded-For': this.#address,
      });
      count('sockets');
      this.#socket = socket;
      // It was on its way when it was called off.
      if (this.#hasLeft) socket.close();
      socket.onClose = () => {
        count('shown out');
        this.#socket = undefined;
      };
    } catch (error) {
      const [, status = 'lost'] = /^refused: HTTP\/1.1 (\d+)/.exec((error as Error).message) ?? [];
      count(status);
    }
    this.#isComing = false;
  }

  leave(): void {
    this.#hasLeft = true;
    this.#socket?.close();
  }
}

let painting = 0;
const paint = (x: number, y: number, color: number, pixels = 1): string => {
  painting += 1;
  const many = Array.from({ length: pixels }, () => `[${x},${y},${color}]`);
  return `{"type":"pixel:update","id":"f${painting}","pixels":[${many.join(',')}]}`;
};
const GARBAGE = [
  '{',
  'null',
  '[]',
  '{"type":"pixel:update"}',
  '{"type":"pixel:erase","id":7}',
  '\u0000\u0001',
];

/** Does something so many times a second until it is called off. */
async function every(perSecond: number, act: (n: number) => void): Promise<void> {
  const begun = performance.now();
  for (let done = 0; isOn; await pause(TURN_MS)) {
    const due = ((performance.now() - begun) / 1_000) * perSecond;
    for (; done < due; done += 1) act(done);
  }
}

async function crooks(place: Place, number: number, address: (n: number) => string): Promise<Crook[]> {
  const tokens = await Promise.all(Array.from({ length: number }, () => painterToken('Crook')));
  const made = tokens.map((token, n) => new Crook(place, address(n), token));
  await Promise.all(made.map((crook) => crook.come()));
  return made;
}

async function shout(place: Place, number: number, perSecond: number, say: (n: number) => string) {
  // The one address is that of nobody else.
  const gang = await crooks(place, number, () => '10.9.0.1');
  await every(perSecond, (n) => gang[n % gang.length]?.say(say(n)));
  for (const crook of gang) crook.leave();
}

/** All at once, and again when they are there. */
async function rush(place: Place): Promise<void> {
  while (isOn) {
    // Half of them have more sockets at their address than they may.
    const all = Array.from(
      { length: AT_ONCE },
      (_, n) => new Crook(place, n % 2 === 0 ? '10.9.0.1' : `10.9.1.${n % 10}`),
    );
    await Promise.all([...all.map((crook) => crook.come()), pause(1_000)]);
    for (const crook of all) crook.leave();
  }
}

async function forge(place: Place, perSecond: number): Promise<void> {
  const token = await forgedToken('Forger');
  await every(perSecond, () => void new Crook(place, '10.9.0.1', token).come());
}

/** A painter at what only moderators may. */
async function usurp({ url, path }: Place, perSecond: number): Promise<void> {
  const token = await painterToken('Usurper');
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const canvas = path.replace('/v1/ws/', '/v1/');
  const attempts = [
    ['POST', '/locks', '{"x":0,"y":0,"width":900,"height":900,"reason":"mine"}'],
    ['POST', '/rewind', '{"seq":0}'],
    ['PATCH', '', '{"palette":["#000000"]}'],
    ['GET', '/audit', ''],
  ] as const;
  await every(perSecond, (n) => {
    const [method, what, body] = attempts[n % attempts.length] ?? attempts[0];
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const asked = request(`${url}${canvas}${what}`, { method, agent, headers }, (response) => {
      count(String(response.statusCode));
      response.resume();
    });
    asked.on('error', () => count('lost'));
    asked.end(body);
  });
  agent.destroy();
}

const FLOODS: Readonly<Record<Flood, (place: Place) => Promise<void>>> = {
  user: (place) => shout(place, 1, 3_000, () => paint(1, 1, 1, 10)),
  address: (place) => shout(place, CROOKS, 3_000, () => paint(1, 1, 1, 10)),
  connections: rush,
  malformed: (place) => shout(place, CROOKS, 3_000, (n) => GARBAGE[n % GARBAGE.length] ?? ''),
  outside: (place) => shout(place, CROOKS, 3_000, (n) => paint(n % 2 === 0 ? 900 : -1, 5, 1)),
  colours: (place) => shout(place, CROOKS, 3_000, (n) => paint(5, 5, n % 2 === 0 ? 32 : -1)),
  forged: (place) => forge(place, 300),
  usurper: (place) => usurp(place, 300),
};

let flooding = Promise.resolve();

process.on('message', (order: ToFlooder) => {
  if (order.do === 'begin') {
    isOn = true;
    counts = {};
    flooding = FLOODS[order.flood](order);
    process.send?.('begun');
    return;
  }
  isOn = false;
  void flooding.then(() => process.send?.(counts));
});
