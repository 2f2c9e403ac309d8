import type { Settings } from '../port.ts';
import type { ReadOperation, WriteOperation } from './messages.ts';
import type { ThreadClient } from './thread-client.ts';

/** The settings of a SQLite store. */
export class SqliteSettings implements Settings {
  readonly #writer: ThreadClient<WriteOperation>;
  readonly #reader: ThreadClient<ReadOperation>;

  constructor(writer: ThreadClient<WriteOperation>, reader: ThreadClient<ReadOperation>) {
    this.#writer = writer;
    this.#reader = reader;
  }

  async get(key: string): Promise<string | undefined> {
    const { answer } = await this.#reader.call(() => ({ type: 'getSetting', key }));
    return answer ?? undefined;
  }

  async put(key: string, value: string): Promise<void> {
    await this.#writer.call(() => ({ type: 'putSetting', key, value, keep: false }));
  }

  async create(key: string, value: string): Promise<string> {
    return (await this.#writer.call(() => ({ type: 'putSetting', key, value, keep: true }))).answer;
  }
}
