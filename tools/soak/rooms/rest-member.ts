import type { Annotation, RoomComment, RoomVersion } from '../../../protocol/entities.ts';
import type { Random } from '../random.ts';
import { RestClient } from './rest-client.ts';
import type { RoomLedger } from './room-ledger.ts';
import type { Place, RoomMember } from './room-member.ts';

const NOTHING = async (): Promise<void> => undefined;

/** One who knows a room by REST only. */
export class RestMember implements RoomMember {
  readonly door = 'rest';
  readonly name: string;
  readonly #roomId: string;
  readonly #rest: RestClient;
  readonly #ledger: RoomLedger;
  readonly #random: Random;
  /** By their names, those that it made. */
  readonly #tags: string[] = [];
  readonly #actions: readonly (() => Promise<void>)[];
  #isAway = false;

  constructor({ url, roomId, name }: Place, ledger: RoomLedger, random: Random) {
    this.name = name;
    this.#roomId = roomId;
    this.#rest = new RestClient(url, name);
    this.#ledger = ledger;
    this.#random = random;
    const actions: readonly (readonly [number, () => Promise<void>])[] = [
      [4, () => this.#create()],
      [5, () => this.#change()],
      [2, () => this.#delete()],
      [2, () => this.#comment()],
      [1, () => this.#resolve()],
      [1, () => this.#rename()],
      [1, () => this.#nameVersion()],
      [1, () => this.#revert()],
    ];
    this.#actions = actions.flatMap(([weight, action]) => Array.from({ length: weight }, () => action));
  }

  act(): Promise<void> {
    return this.#isAway ? NOTHING() : this.#random.of(this.#actions)();
  }

  /** A request has no connection that lasts. */
  cut(): void {}

  goAway(): void {
    this.#isAway = true;
  }

  comeBack(): void {
    this.#isAway = false;
  }

  get isSettled(): boolean {
    return true;
  }

  leave(): void {
    this.#rest.end();
  }

  async #create(): Promise<void> {
    const [x, y] = [this.#random.below(1_000), this.#random.below(1_000)];
    const body = this.#random.of([
      { type: 'box', geometry: { x, y, width: 10, height: 10 }, style: { fill: '#fff', z_index: x % 7 } },
      { type: 'text', geometry: { x, y }, content: `rest ${x}` },
      { type: 'line', geometry: { x1: x, y1: y, x2: y, y2: x } },
    ]);
    await this.#makes('POST', '/v1/annotations', { document_id: this.#roomId, ...body });
  }

  /** Half of the changes name the version that was read a moment ago. */
  async #change(): Promise<void> {
    const annotation = await this.#one();
    if (annotation === undefined) return;
    const { id, version, geometry } = annotation;
    const change = this.#random.of([
      { style: { stroke: this.#random.of(['#00f', '#0f0', null]), opacity: this.#random.below(11) / 10 } },
      { content: `rest ${this.#random.below(1_000)}` },
      'x' in geometry ? { geometry: { ...geometry, x: this.#random.below(1_000) } } : { group_id: 'rest' },
    ]);
    const isCareful = this.#random.below(2) === 0;
    await this.#makes('PATCH', `/v1/annotations/${id}`, { ...change, ...(isCareful && { version }) });
  }

  async #delete(): Promise<void> {
    const annotation = await this.#one();
    if (annotation !== undefined) await this.#makes('DELETE', `/v1/annotations/${annotation.id}`);
  }

  async #comment(): Promise<void> {
    const target = await this.#one();
    const body = `rest ${this.#random.below(1_000)}`;
    const place = target?.type === 'comment' ? { parentId: target.id } : anchorAt(target);
    await this.#rest.change<RoomComment>('POST', `/v1/rooms/${this.#roomId}/comments`, { ...place, body });
  }

  async #resolve(): Promise<void> {
    const comments = (await this.#annotations()).filter(({ type }) => type === 'comment');
    if (comments.length === 0) return;
    const { id } = this.#random.of(comments);
    const status = this.#random.of(['open', 'resolved']);
    await this.#rest.change('PATCH', `/v1/rooms/${this.#roomId}/comments/${id}`, { status });
  }

  async #rename(): Promise<void> {
    const name = `Plan ${this.#random.below(1_000)}`;
    await this.#rest.change('PATCH', `/v1/rooms/${this.#roomId}`, { name });
  }

  async #nameVersion(): Promise<void> {
    const tag = `${this.name} ${this.#tags.length}`;
    const path = `/v1/rooms/${this.#roomId}/versions`;
    const version = await this.#rest.change<RoomVersion>('POST', path, { tag });
    if (version === undefined) return;
    this.#ledger.sees(version.seq);
    this.#tags.push(tag);
  }

  async #revert(): Promise<void> {
    if (this.#tags.length === 0) return;
    const tag = encodeURIComponent(this.#random.of(this.#tags));
    const path = `/v1/rooms/${this.#roomId}/versions/${tag}:revert`;
    const reverted = await this.#rest.change<{ readonly seq: number }>('POST', path);
    if (reverted === undefined) this.#ledger.broken(`${this.name} cannot go back to ${tag}`);
    else this.#ledger.sees(reverted.seq);
  }

  async #makes(method: string, path: string, body?: object): Promise<void> {
    const annotation = await this.#rest.change<Annotation>(method, path, body);
    if (annotation === undefined) return;
    this.#ledger.answers += 1;
    this.#ledger.knows(annotation, this.name);
  }

  async #annotations(): Promise<Annotation[]> {
    const all = await this.#rest.annotations(this.#roomId);
    return all.filter(({ status }) => status === 'active');
  }

  async #one(): Promise<Annotation | undefined> {
    const active = await this.#annotations();
    return active.length === 0 ? undefined : this.#random.of(active);
  }
}

const anchorAt = (target: Annotation | undefined): object =>
  target === undefined ? { anchor: { x: 5, y: 5 } } : { anchor: { annotationId: target.id } };
