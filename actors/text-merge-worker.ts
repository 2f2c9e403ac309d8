/** A worker thread that merges Yjs updates: see text-merger.ts. */
import { parentPort } from 'node:worker_threads';
import { mergeUpdates } from '../documents/text/merge-updates.ts';

/** What comes back. */
export type MergeReply = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly error: string };

parentPort?.on('message', (updates: readonly Uint8Array[]) => {
  try {
    // A copy of its own size: what Yjs gives may be a part of something larger.
    const bytes = mergeUpdates(updates).slice();
    parentPort?.postMessage({ bytes } satisfies MergeReply, [bytes.buffer]);
  } catch (error) {
    parentPort?.postMessage({ error: String(error) } satisfies MergeReply);
  }
});
