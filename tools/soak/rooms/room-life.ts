import type * as Y from 'yjs';
import type { Annotation, Room } from '../../../protocol/entities.ts';
import { Random } from '../random.ts';
import { hasAll } from '../soak-document.ts';
import { ProviderMember } from './provider-member.ts';
import { RealtimeReader } from './realtime-reader.ts';
import { RestClient } from './rest-client.ts';
import { RestMember } from './rest-member.ts';
import { isSameJson, RoomLedger } from './room-ledger.ts';
import type { RoomMember } from './room-member.ts';
import { areEqual, comparableOf, projectionOf, readRoom } from './room-view.ts';
import { YjsMember } from './yjs-member.ts';

/** Between two things that one member does, at most, in milliseconds. */
const MAX_PAUSE_MS = 30;
/** One thing in so many is followed by a cut of the network. */
const ACTS_PER_CUT = 15;
/** Nothing here takes so long on a server that works. */
const STUCK_MS = 30_000;

/** One room, and those who are at it by different doors: all that happens there follows from the seed. */
export class RoomLife {
  readonly seed: number;
  readonly roomId: string;
  readonly ledger = new RoomLedger();
  readonly #url: string;
  readonly #random: Random;
  readonly #rest: RestClient;
  readonly #members: readonly RoomMember[];
  readonly #reader: RealtimeReader;
  #readers = 0;
  acts = 0;

  private constructor(url: string, roomId: string, seed: number) {
    this.#url = url;
    this.roomId = roomId;
    this.seed = seed;
    this.#random = new Random(seed);
    this.#rest = new RestClient(url, 'judge');
    const place = (name: string) => ({ url, roomId, name });
    // Each has dice of its own: what one does does not depend on how fast the others are.
    const dice = (): Random => new Random(this.#random.below(2 ** 31));
    const makers: readonly (() => RoomMember)[] = [
      () => new ProviderMember(place('ann'), this.ledger, dice()),
      () => new YjsMember(place('yjs 3'), 'y-websocket 3.1', dice()),
      () => new RestMember(place('rest'), this.ledger, dice()),
      () => new ProviderMember(place('bob'), this.ledger, dice()),
      () => new YjsMember(place('yjs 2'), 'y-websocket 2.1', dice()),
    ];
    // Neighbours: of any two, one has a document. With the reader they are three to five.
    const from = this.#random.below(makers.length);
    const chosen = [...makers, ...makers].slice(from, from + 2 + this.#random.below(3));
    this.#reader = new RealtimeReader(place('reader'), this.ledger);
    this.#members = [...chosen.map((make) => make()), this.#reader];
  }

  static async begin(url: string, seed: number): Promise<RoomLife> {
    const room = await new RestClient(url, 'host').change<Room>('POST', '/v1/rooms', {
      name: `soak ${seed}`,
    });
    if (room === undefined) throw new Error('no room was made');
    return new RoomLife(url, room.id, seed);
  }

  get doors(): string {
    return this.#members.map(({ door }) => door).join(', ');
  }

  /** Everybody does so many things. */
  async work(acts: number): Promise<void> {
    await Promise.all(this.#members.map((member) => this.#busy(member, acts)));
  }

  goAway(): void {
    for (const member of this.#members) member.goAway();
  }

  comeBack(): void {
    for (const member of this.#members) member.comeBack();
  }

  /** Was promised before, so one who comes now must find it. */
  lookForPromised(): Promise<void> {
    return this.#guarded(() => this.#lookForPromised());
  }

  /** Everybody rests until all is said, and then all must be equal. */
  judge(): Promise<void> {
    return this.#guarded(() => this.#judge());
  }

  leave(): void {
    for (const member of this.#members) member.leave();
    this.#rest.end();
    this.ledger.destroy();
  }

  async #lookForPromised(): Promise<void> {
    const { promised, head, annotations } = this.ledger;
    this.#readers += 1;
    const name = `late reader ${this.#readers}`;
    const doc = await readRoom({ url: this.#url, roomId: this.roomId, name }, this.ledger);
    if (!hasAll(doc, promised)) this.ledger.broken(`${name} lacks edits that were on disk`);
    doc.destroy();
    const { seq } = await this.#rest.read<Room>(`/v1/rooms/${this.roomId}`);
    if (seq < head) this.ledger.broken(`${name} found the head at ${seq} after ${head}`);
    const found = new Map((await this.#rest.annotations(this.roomId)).map((each) => [each.id, each]));
    for (const known of annotations) {
      const now = found.get(known.id);
      if (now === undefined) this.ledger.broken(`${name} does not find ${known.id}`);
      else if (now.version < known.version) {
        this.ledger.broken(`${name} finds ${known.id} at version ${now.version} after ${known.version}`);
      }
    }
  }

  async #judge(): Promise<void> {
    await this.#until(() => this.#members.every(({ isSettled }) => isSettled), 'everybody is settled');
    const place = { url: this.#url, roomId: this.roomId, name: 'judge' };
    let doc = await readRoom(place, this.ledger);
    const documents = this.#members.flatMap((member) => member.doc ?? []);
    // A client of y-websocket does not learn what has arrived.
    const equal = await this.#until(async () => {
      if (documents.every((own) => areEqual(doc, own))) return true;
      doc.destroy();
      doc = await readRoom(place, this.ledger);
      return false;
    }, 'the documents are equal');
    if (equal) await this.#compareDoors(doc);
    doc.destroy();
  }

  async #compareDoors(doc: Y.Doc): Promise<void> {
    for (const { name, doc: own } of this.#members) {
      if (own === undefined) continue;
      if (own.store.pendingStructs !== null || own.store.pendingDs !== null) {
        this.ledger.broken(`${name} waits for updates that never come`);
      }
      if (!isSameJson(entriesOf(own), entriesOf(doc))) this.ledger.broken(`${name} has another document`);
    }
    const active = (all: readonly Annotation[]) => all.filter(({ status }) => status === 'active');
    const listed = active(await this.#rest.annotations(this.roomId));
    this.#compare('REST', comparableOf(listed, doc), 'the document', projectionOf(doc));
    const { seq } = await this.#rest.read<Room>(`/v1/rooms/${this.roomId}`);
    await this.#until(() => this.#reader.lastSeq >= seq && this.#reader.isSettled, 'the reader heard all');
    const byId = (all: readonly Annotation[]) => new Map(all.map((each) => [each.id, each]));
    this.#compare('the reader', byId(this.#reader.annotations), 'REST', byId(listed));
  }

  #compare(
    one: string,
    ones: ReadonlyMap<string, unknown>,
    other: string,
    others: ReadonlyMap<string, unknown>,
  ): void {
    for (const id of new Set([...ones.keys(), ...others.keys()])) {
      const [mine, theirs] = [ones.get(id), others.get(id)];
      if (isSameJson(mine ?? null, theirs ?? null)) continue;
      this.ledger.broken(`${one} has ${JSON.stringify(mine)}, ${other} has ${JSON.stringify(theirs)}`);
    }
  }

  async #busy(member: RoomMember, acts: number): Promise<void> {
    for (let count = 0; count < acts; count += 1) {
      await pause(this.#random.below(MAX_PAUSE_MS));
      if (this.#random.below(ACTS_PER_CUT) === 0) member.cut();
      await member.act().catch((error: unknown) => this.ledger.broken(`${member.name} ${error}`));
      this.acts += 1;
    }
  }

  /** What goes wrong while a room is looked at is said of that room. */
  async #guarded(look: () => Promise<void>): Promise<void> {
    await look().catch((error: unknown) => this.ledger.broken(String(error)));
  }

  /** @returns whether it came to hold in time; where not, that is a violation */
  async #until(holds: () => boolean | Promise<boolean>, what: string): Promise<boolean> {
    const began = performance.now();
    while (!(await holds())) {
      if (performance.now() - began > STUCK_MS) {
        this.ledger.broken(`waited in vain until ${what}`);
        return false;
      }
      await pause(20);
    }
    return true;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const entriesOf = (doc: Y.Doc): unknown => doc.getMap('annotations').toJSON();
