import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CanvasesApi } from '../../../client/canvases-api.ts';
import { SessionsApi } from '../../../client/sessions-api.ts';
import { Random } from '../random.ts';
import { KilledServer } from '../rooms/killed-server.ts';
import { pause, until } from '../until.ts';
import { CanvasJudge } from './canvas-judge.ts';
import { CanvasLedger } from './canvas-ledger.ts';
import { CanvasMember, type CanvasPlace } from './canvas-member.ts';
import { CanvasModerator } from './canvas-moderator.ts';

export interface CanvasSoakOptions {
  readonly kills: number;
  readonly painters: number;
  readonly seed: number;
  /** No further kill is begun after so many milliseconds. */
  readonly withinMs: number;
  readonly onProgress?: (progress: {
    readonly kills: number;
    readonly acks: number;
    readonly broken: number;
  }) => void;
}

export interface CanvasSoakReport {
  readonly kills: number;
  /** Of which the server knew: it wrote a snapshot. */
  readonly restarts: number;
  readonly seconds: number;
  readonly sockets: number;
  /** Paintings that were acknowledged. */
  readonly acks: number;
  /** Paintings that were refused, most of them for a lock. */
  readonly rejects: number;
  /** Acts of the moderator that were answered. */
  readonly answers: number;
  readonly rewinds: number;
  readonly events: number;
  readonly slowestStartMs: number;
  readonly violations: readonly string[];
}

/** Small: pixels are painted again and again. */
const SIZE = { width: 64, height: 48 };
const COLORS = 16;
/** Acks between two kills, at most. */
const MAX_ACKS = 120;
/** Acts of the moderator between two kills, at most. */
const MAX_ACTS = 6;
/** A kill comes so long after the last of those, at most: in the middle of commits and of batches. */
const MAX_DELAY_MS = 60;
/** After so many kills the server is stopped as one should, and everybody is compared. */
const KILLS_PER_LOOK = 10;
const UNLIMITED = {
  perUser: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  perAddress: { pixelsPerSecond: 1_000_000, burst: 1_000_000 },
  connectionsPerAddress: 1_000,
};
const MODERATOR_KEY = 'the key of a soak';

/** Painters and a moderator work, their server is killed again and again, and what was promised is looked for. */
class CanvasSoak {
  readonly #options: CanvasSoakOptions;
  readonly #server: KilledServer;
  readonly #random: Random;
  readonly #ledger = new CanvasLedger();
  #members: CanvasMember[] = [];
  #events = 0;
  #restarts = 0;

  constructor(options: CanvasSoakOptions, server: KilledServer) {
    this.#options = options;
    this.#server = server;
    this.#random = new Random(options.seed);
  }

  async run(): Promise<CanvasSoakReport> {
    const began = performance.now();
    const { kills, withinMs, onProgress } = this.#options;
    await this.#server.start();
    const { place, api } = await this.#begin();
    const judge = new CanvasJudge(api, place, this.#ledger);
    const moderator = new CanvasModerator(api, place, this.#ledger, this.#random);
    moderator.work();
    for (const member of this.#members) member.paint();
    while (this.#server.kills < kills && performance.now() - began < withinMs) {
      await this.#worked(1 + this.#random.below(MAX_ACKS), this.#random.below(MAX_ACTS));
      await pause(this.#random.below(MAX_DELAY_MS));
      await this.#server.suffer();
      this.#events = await judge.judge();
      const { violations, acks } = this.#ledger;
      onProgress?.({ kills: this.#server.kills, acks, broken: violations.length });
      if (violations.length > 0) break;
      if (this.#server.kills % KILLS_PER_LOOK === 0) await this.#look(api, place, moderator, judge);
    }
    await this.#look(api, place, moderator, judge);
    for (const member of this.#members) member.rest();
    await moderator.rest();
    for (const member of this.#members) member.leave();
    const { violations, acks, rejects, answers, rewinds, sockets } = this.#ledger;
    return {
      kills: this.#server.kills,
      restarts: this.#restarts,
      seconds: (performance.now() - began) / 1_000,
      sockets,
      acks,
      rejects,
      answers,
      rewinds: rewinds.size,
      events: this.#events,
      slowestStartMs: this.#server.slowestStartMs,
      violations,
    };
  }

  async #begin(): Promise<{ place: CanvasPlace; api: CanvasesApi }> {
    const { url } = this.#server;
    const sessions = new SessionsApi(url);
    const { token } = await sessions.create({ name: 'Mo', moderatorKey: MODERATOR_KEY });
    const api = new CanvasesApi(url, { token });
    const palette = Array.from(
      { length: COLORS },
      (_, n) => `#0000${(n * 16).toString(16).padStart(2, '0')}`,
    );
    const canvas = { name: 'soak', ...SIZE, palette, background: 0, rateLimits: UNLIMITED };
    const { id } = await api.create(canvas);
    const place: CanvasPlace = { url, canvasId: id, ...SIZE, colors: COLORS };
    for (let n = 0; n < this.#options.painters; n += 1) {
      const session = await sessions.create({ name: `Painter ${n}` });
      this.#members.push(new CanvasMember(place, session, this.#ledger, this.#random));
    }
    return { place, api };
  }

  async #worked(paintings: number, acts: number): Promise<void> {
    const { acks, answers } = this.#ledger;
    await until(() => this.#ledger.acks >= acks + paintings, 'paintings are acknowledged');
    await until(() => this.#ledger.answers >= answers + acts, 'the moderator is answered');
  }

  /** Everybody rests and is compared, before and after the server was stopped as one should, and then goes on. */
  async #look(
    api: CanvasesApi,
    place: CanvasPlace,
    moderator: CanvasModerator,
    judge: CanvasJudge,
  ): Promise<void> {
    for (const member of this.#members) member.rest();
    await moderator.rest();
    await this.#compare(api, place);
    await judge.judgeEnd();
    await this.#server.restart();
    this.#restarts += 1;
    await this.#compare(api, place);
    this.#events = await judge.judge();
    for (const member of this.#members) member.paint();
    moderator.work();
  }

  /** All have the picture, the palette and the locks of the server. */
  async #compare(api: CanvasesApi, { canvasId }: CanvasPlace): Promise<void> {
    const everybody = this.#members.map(({ connection }) => connection);
    await until(() => everybody.every(({ saved, synced }) => saved && synced), 'all is saved');
    const { bytes, seq } = await api.bitmap(canvasId);
    await until(
      () => everybody.every(({ lastSeq, synced }) => synced && lastSeq >= seq),
      'everybody heard everything',
    );
    const [{ palette }, { items }] = [await api.get(canvasId), await api.locks(canvasId)];
    const locks = items.map(({ id }) => id).sort();
    const hash = hashOf(bytes);
    for (const [n, { pixels, confirmedPixels, overlaySize, canvas }] of everybody.entries()) {
      const who = `painter ${n} at ${seq}`;
      if (hashOf(pixels) !== hash) this.#ledger.broken(`${who} shows another picture`);
      if (hashOf(confirmedPixels) !== hash) this.#ledger.broken(`${who} has another picture`);
      if (overlaySize > 0) this.#ledger.broken(`${who} has ${overlaySize} pixels of its own left`);
      if (String(canvas?.palette) !== String(palette)) this.#ledger.broken(`${who} has another palette`);
      if (String(canvas?.locks.map(({ id }) => id).sort()) !== String(locks))
        this.#ledger.broken(`${who} knows other locks`);
    }
  }
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws Error where the server does not start, or nothing moves any more */
export async function runCanvasSoak(options: CanvasSoakOptions): Promise<CanvasSoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-canvas-soak-'));
  const server = new KilledServer(folder, 'canvas', { MODERATOR_KEY });
  try {
    return await new CanvasSoak(options, server).run();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
