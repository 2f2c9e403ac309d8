import { Writable } from 'node:stream';
import { readConfig } from '../../../config.ts';
import type { DocumentId } from '../../../protocol/ids.ts';
import { type RunningServer, startServer } from '../../../server.ts';
import { type Fault, FaultyStore } from '../../../test/helpers/faulty-store.ts';
import type { Random } from '../random.ts';
import { IMPATIENT, type RoomServer } from './room-server.ts';

/** How long an append hangs that comes to an end after all, in milliseconds. */
const HANG_MS = 150;
const FAULTS: readonly Fault[] = ['refuse', 'lose-answer', 'hang'];

/** A server in this process, whose store fails so that actors of rooms crash. */
export class CrashingServer implements RoomServer {
  readonly #folder: string;
  readonly #random: Random;
  #server: RunningServer | undefined;
  #store: FaultyStore | undefined;
  crashes = 0;

  constructor(folder: string, random: Random) {
    this.#folder = folder;
    this.#random = random;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error('the server does not run');
    return this.#server.url;
  }

  async start(): Promise<void> {
    const config = readConfig({
      ...IMPATIENT,
      DATABASE_URL: 'memory://',
      PORT: '0',
      HOST: '127.0.0.1',
      EXPORTS_DIR: this.#folder,
      LOG_LEVEL: 'error',
    });
    const log = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (String(chunk).includes('document crashed')) this.crashes += 1;
        done();
      },
    });
    this.#server = await startServer(config, {
      log,
      through: (store) => {
        this.#store = new FaultyStore(store);
        return this.#store;
      },
    });
  }

  async suffer(roomIds: readonly string[]): Promise<void> {
    for (const id of roomIds) this.#store?.failNext(this.#random.of(FAULTS), id as DocumentId);
    await new Promise((resolve) => setTimeout(resolve, HANG_MS));
    this.#store?.release();
  }

  /** What it has is in memory only. */
  async restart(): Promise<boolean> {
    return false;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
