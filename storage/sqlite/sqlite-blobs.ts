import { createHash } from 'node:crypto';
import type { BlobStore } from '../port.ts';
import { unpack } from './byte-pack.ts';
import type { ReadOperation, WriteOperation } from './messages.ts';
import { partsOf } from './parts.ts';
import type { ThreadClient } from './thread-client.ts';

/** Blobs in the database itself: a backup of the one file has everything. */
export class SqliteBlobs implements BlobStore {
  readonly #writer: ThreadClient<WriteOperation>;
  readonly #reader: ThreadClient<ReadOperation>;

  constructor(writer: ThreadClient<WriteOperation>, reader: ThreadClient<ReadOperation>) {
    this.#writer = writer;
    this.#reader = reader;
  }

  async put(bytes: Uint8Array): Promise<string> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const known = await this.#reader.call(() => ({ type: 'hasBlob', hash }));
    if (known.answer) return hash;
    const at = Date.now();
    const size = bytes.length;
    const parts = partsOf(bytes);
    for (const [part, piece] of parts.entries()) {
      const last = part === parts.length - 1;
      await this.#writer.call((pack) => ({
        type: 'putBlobPart',
        hash,
        size,
        at,
        part,
        last,
        bytes: pack.add(piece),
      }));
    }
    return hash;
  }

  async get(hash: string): Promise<Uint8Array | undefined> {
    const { answer, bytes } = await this.#reader.call(() => ({ type: 'getBlob', hash }));
    return answer === null ? undefined : unpack(bytes, answer);
  }
}
