import * as Y from 'yjs';
import { RoomProvider } from '../../../client/room-provider.ts';
import type { Random } from '../random.ts';
import { RandomEdits } from './random-edits.ts';
import type { RoomLedger } from './room-ledger.ts';
import type { Place, RoomMember } from './room-member.ts';
import { RoomNetwork } from './room-network.ts';
import { RoomWiretap } from './room-wiretap.ts';

/** What a provider may have to tell of a server that is sound: that it was too busy. */
const HARMLESS: ReadonlySet<string> = new Set(['unavailable', 'rate_limited']);

/** A client of the room door: `RoomProvider`. */
export class ProviderMember implements RoomMember {
  readonly door = 'room';
  readonly name: string;
  readonly doc = new Y.Doc();
  readonly provider: RoomProvider;
  readonly #network: RoomNetwork;
  readonly #edits: RandomEdits;
  readonly #random: Random;

  constructor({ url, roomId, name }: Place, ledger: RoomLedger, random: Random) {
    this.name = name;
    this.#random = random;
    this.#network = new RoomNetwork(new RoomWiretap(name, ledger));
    this.#edits = new RandomEdits(this.doc, random);
    this.provider = new RoomProvider(this.doc, {
      url,
      roomId,
      userId: name,
      WebSocket: this.#network.WebSocket,
      backoff: { baseMs: 50, maxMs: 300 },
      random: () => random.fraction(),
      // Only the server is away, never the room.
      isGone: () => Promise.resolve(false),
    });
    this.provider.on('error', ({ code, message }) => {
      if (!HARMLESS.has(code)) ledger.broken(`${name} has ${code}: ${message}`);
    });
    // "Every change of this document is on the server's disk."
    this.provider.on('saved', (isSaved) => {
      if (isSaved) ledger.promise(Y.encodeStateAsUpdate(this.doc));
    });
  }

  async act(): Promise<void> {
    this.#edits.act();
    if (this.#random.below(4) === 0) {
      this.provider.setPresence({ cursor: { x: this.#random.below(100), y: this.#random.below(100) } });
    }
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
    return this.provider.synced && this.provider.saved;
  }

  leave(): void {
    this.#edits.destroy();
    this.provider.destroy();
    this.doc.destroy();
  }
}
