/** A worker thread that merges Yjs updates: see text-merger.ts. */
import { parentPort } from 'node:worker_threads';
import { mergeUpdates } from '../documents/text/merge-updates.ts';
import type { JobReply } from './job-thread.ts';

parentPort?.on('message', (updates: readonly Uint8Array[]) => {
  try {
    // A copy of its own size: what Yjs gives may be a part of something larger.
    const result = mergeUpdates(updates).slice();
    parentPort?.postMessage({ result } satisfies JobReply<Uint8Array>, [result.buffer]);
  } catch (error) {
    parentPort?.postMessage({ error: String(error) } satisfies JobReply<Uint8Array>);
  }
});
