import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { PROVIDERS, type Provider, type ProviderName } from '../../../test/helpers/yjs-clients.ts';
import type { Random } from '../random.ts';
import { RandomEdits } from './random-edits.ts';
import type { Place, RoomMember } from './room-member.ts';
import { RoomNetwork } from './room-network.ts';

/** One edit in so many is one that no primitive would make. */
const EDITS_PER_RUBBISH = 25;

/** What is no annotation, or only nearly. */
const RUBBISH: readonly ((random: Random) => unknown)[] = [
  () => 'a text',
  (random) => random.fraction(),
  () => new Y.Array(),
  () => new Y.Map([['type', 'nonsense']]),
  () =>
    new Y.Map<unknown>([
      ['type', 'box'],
      ['geometry', { x: 1, y: Number.NaN, width: 1, height: 1 }],
    ]),
  () =>
    new Y.Map<unknown>([
      ['type', 'text'],
      ['geometry', { x: 1, y: 1 }],
      ['content', new Y.Text('late')],
    ]),
];

/** A client of the y-websocket protocol, as it is published. It never learns what is on disk. */
export class YjsMember implements RoomMember {
  readonly door: 'y-websocket 2' | 'y-websocket 3';
  readonly name: string;
  readonly doc = new Y.Doc();
  readonly #provider: Provider;
  readonly #network = new RoomNetwork();
  readonly #edits: RandomEdits;
  readonly #random: Random;

  constructor({ url, roomId, name }: Place, version: ProviderName, random: Random) {
    this.name = name;
    this.door = version === 'y-websocket 3.1' ? 'y-websocket 3' : 'y-websocket 2';
    this.#random = random;
    this.#edits = new RandomEdits(this.doc, random);
    this.#provider = new PROVIDERS[version](`${url.replace(/^http/, 'ws')}/v1/yjs`, roomId, this.doc, {
      WebSocketPolyfill: this.#network.WebSocket as never,
      disableBc: true,
      maxBackoffTime: 300,
      params: { userId: name },
    });
  }

  async act(): Promise<void> {
    const random = this.#random;
    if (random.below(EDITS_PER_RUBBISH) > 0) this.#edits.act();
    else this.#litter();
    if (random.below(4) === 0) this.#provider.awareness.setLocalStateField('cursor', random.below(100));
  }

  cut(): void {
    this.#network.cut();
  }

  goAway(): void {
    this.#network.goAway();
  }

  comeBack(): void {
    this.#network.comeBack();
  }

  get isSettled(): boolean {
    return this.#provider.synced;
  }

  leave(): void {
    this.#edits.destroy();
    this.#provider.destroy();
    this.doc.destroy();
  }

  #litter(): void {
    const entries = this.doc.getMap<unknown>('annotations');
    const ids = [...entries.keys()];
    if (ids.length > 0 && this.#random.below(4) === 0) entries.delete(this.#random.of(ids));
    else entries.set(randomUUID(), this.#random.of(RUBBISH)(this.#random));
  }
}
