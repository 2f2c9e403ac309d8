import { ServerProcess } from '../server-process.ts';
import { IMPATIENT, type RoomServer } from './room-server.ts';

/** Snapshots so often that most of a log is pruned: who was away begins anew. */
const PRUNING = { SNAPSHOT_EVENTS: '30', SNAPSHOT_SECONDS: '1', SNAPSHOTS_KEPT: '2' } as const;

/** A process with a database, which is killed. */
export class KilledServer implements RoomServer {
  readonly #process: ServerProcess;
  slowestStartMs = 0;
  kills = 0;

  /** @param env settings besides those of every soak */
  constructor(folder: string, name: string, env: Readonly<Record<string, string>> = {}) {
    this.#process = new ServerProcess({
      ...IMPATIENT,
      ...PRUNING,
      ...env,
      DATABASE_URL: `sqlite:///${folder}/${name}.db`,
      EXPORTS_DIR: folder,
    });
  }

  get url(): string {
    return this.#process.url;
  }

  async start(): Promise<void> {
    const startedAt = performance.now();
    await this.#process.start();
    this.slowestStartMs = Math.max(this.slowestStartMs, performance.now() - startedAt);
  }

  async suffer(): Promise<void> {
    this.kills += 1;
    await this.#process.kill();
    await this.start();
  }

  async restart(): Promise<boolean> {
    await this.#process.stop();
    await this.start();
    return true;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}
