import type { Seq } from '../../protocol/ids.ts';
import type { TextSnapshot } from '../../protocol/text-messages.ts';
import { encodeBase64 } from './base64.ts';
import { frameUtf8 } from './frames.ts';

/** All texts that are kept together: a few of the largest, or hundreds of usual ones. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** Below it a text is made faster than it is found. */
const WORTH_KEEPING_BYTES = 16 * 1024;

/**
 * `state` frames. Many who join one document at once get the same bytes in base64, which are made once: a snapshot never
 * changes, so it is its own key.
 */
export class SnapshotTexts {
  /** Least recently used first. */
  readonly #texts = new Map<Uint8Array, Uint8Array>();
  #bytes = 0;

  frame({ version, bytes }: TextSnapshot, headSeq: Seq): Uint8Array {
    const head = `{"type":"state","version":${version},"headSeq":${headSeq},"snapshotB64":"`;
    return frameUtf8(Buffer.concat([Buffer.from(head), this.#textOf(bytes), Buffer.from('"}')]));
  }

  #textOf(bytes: Uint8Array): Uint8Array {
    if (bytes.length < WORTH_KEEPING_BYTES) return Buffer.from(encodeBase64(bytes), 'latin1');
    const known = this.#texts.get(bytes);
    const text = known ?? Buffer.from(encodeBase64(bytes), 'latin1');
    if (known === undefined) this.#bytes += text.length;
    else this.#texts.delete(bytes);
    this.#texts.set(bytes, text);
    for (const [oldest, { length }] of this.#texts) {
      if (this.#bytes <= KEPT_BYTES) break;
      this.#texts.delete(oldest);
      this.#bytes -= length;
    }
    return text;
  }
}
