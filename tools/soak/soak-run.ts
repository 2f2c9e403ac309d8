import { TextDocumentsApi } from '../../client/text-documents-api.ts';
import { readAnew } from './fresh-reader.ts';
import { checkHistory, type Violation } from './history-checker.ts';
import { Random } from './random.ts';
import type { ServerProcess } from './server-process.ts';
import { hasAll, SoakDocument } from './soak-document.ts';
import { SoakEditor } from './soak-editor.ts';
import { pause, until } from './until.ts';

export interface SoakOptions {
  readonly server: ServerProcess;
  /** How often the server is killed and started again. 0 in a server that only has memory. */
  readonly kills: number;
  /** Of those who edit one document. */
  readonly editors: number;
  readonly seed: number;
  /** No further kill is begun after so many milliseconds. */
  readonly withinMs: number;
  readonly onProgress?: (progress: SoakProgress) => void;
}

export interface SoakProgress {
  readonly kills: number;
  readonly acked: number;
  /** How often a document lacked something after a kill that had been acknowledged before it. */
  readonly lost: number;
}

export interface SoakReport extends SoakProgress {
  readonly seconds: number;
  readonly sockets: number;
  /** Of all editors' texts together, at the end. */
  readonly characters: number;
  /** Milliseconds from the start of a process until it listens. */
  readonly slowestStartMs: number;
  /** Documents whose editors, and one who came anew, do not all have the same text. */
  readonly diverged: number;
  readonly violations: readonly Violation[];
}

/** Acks between two kills, at most, for each document. */
const MAX_ACKS = 40;
/** A kill comes so long after the last of those acks, at most, in milliseconds. */
const MAX_DELAY_MS = 15;

/** Editors type, their server is killed again and again, and what was acknowledged is looked for. */
class SoakRun {
  readonly #options: SoakOptions;
  readonly #random: Random;
  readonly #began = performance.now();
  readonly #documents: SoakDocument[] = [];
  readonly #editors = new Map<SoakDocument, SoakEditor[]>();
  #kills = 0;
  #lost = 0;
  #slowestStartMs = 0;

  constructor(options: SoakOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
  }

  async run(): Promise<SoakReport> {
    const { server, kills, withinMs, onProgress } = this.#options;
    await server.start();
    await this.#begin();
    await this.#ackedUpdates(MAX_ACKS);
    while (this.#kills < kills && performance.now() - this.#began < withinMs) {
      await this.#killOnce();
      onProgress?.(this.#progress());
    }
    const report = await this.#finish();
    await server.stop();
    return report;
  }

  async #begin(): Promise<void> {
    const { server, editors } = this.#options;
    const api = new TextDocumentsApi(server.url);
    for (const crdt of ['yjs', 'opaque'] as const) {
      const { id } = await api.create({ title: `soak ${crdt}`, crdt });
      const document = new SoakDocument(id, crdt);
      const typing = Array.from(
        { length: editors },
        (_, index) => new SoakEditor(server.url, document, `editor ${index}`, this.#random),
      );
      for (const editor of typing) editor.type();
      this.#documents.push(document);
      this.#editors.set(document, typing);
    }
  }

  async #killOnce(): Promise<void> {
    const { server } = this.#options;
    await this.#ackedUpdates(1 + this.#random.below(MAX_ACKS));
    await pause(this.#random.below(MAX_DELAY_MS));
    await server.kill();
    const startedAt = performance.now();
    await server.start();
    this.#slowestStartMs = Math.max(this.#slowestStartMs, performance.now() - startedAt);
    this.#kills += 1;
    await Promise.all(this.#documents.map((document) => this.#lookFor(document)));
  }

  /** Was acknowledged before the reader came, so the reader must see it. */
  async #lookFor(document: SoakDocument): Promise<void> {
    const acknowledged = document.acknowledged();
    const { doc } = await readAnew(this.#options.server.url, document, `reader ${this.#kills}`);
    if (!hasAll(doc, acknowledged)) this.#lost += 1;
    doc.destroy();
  }

  async #finish(): Promise<SoakReport> {
    const everybody = [...this.#editors.values()].flat();
    for (const editor of everybody) editor.rest();
    await until(() => everybody.every(({ provider }) => provider.saved && provider.synced), 'all is saved');
    let diverged = 0;
    const violations: Violation[] = [];
    for (const [document, editors] of this.#editors) {
      const { doc, seq } = await readAnew(this.#options.server.url, document, 'last reader');
      await until(
        () => editors.every(({ provider }) => provider.connection.lastSeq >= seq),
        'everybody heard everything',
      );
      const text = doc.getText('text').toString();
      if (editors.some((editor) => editor.text !== text)) diverged += 1;
      violations.push(...checkHistory(document.history.events));
    }
    for (const editor of everybody) editor.leave();
    return {
      ...this.#progress(),
      diverged,
      violations,
      seconds: (performance.now() - this.#began) / 1_000,
      sockets: this.#documents.reduce((sum, { history }) => sum + history.sessions, 0),
      characters: everybody.reduce((sum, { text }) => sum + text.length, 0),
      slowestStartMs: this.#slowestStartMs,
    };
  }

  #progress(): SoakProgress {
    const acked = this.#documents.reduce((sum, { ackCount }) => sum + ackCount, 0);
    return { kills: this.#kills, acked, lost: this.#lost };
  }

  /** So many more, in each document. */
  async #ackedUpdates(count: number): Promise<void> {
    const enough = this.#documents.map(({ ackCount }) => ackCount + count);
    await until(
      () => this.#documents.every(({ ackCount }, index) => ackCount >= (enough[index] ?? 0)),
      'updates are acknowledged',
    );
  }
}

/** @throws Error where the server does not start, or nothing moves any more */
export const runSoak = (options: SoakOptions): Promise<SoakReport> => new SoakRun(options).run();
