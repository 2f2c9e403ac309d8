/** A worker thread that reads Yjs updates: see text-reader.ts. */
import { parentPort } from 'node:worker_threads';
import { type ReadJob, type ReadResult, readUpdates } from '../documents/text/read-updates.ts';
import type { JobReply } from './job-thread.ts';

parentPort?.on('message', (job: ReadJob) => {
  try {
    parentPort?.postMessage({ result: readUpdates(job) } satisfies JobReply<ReadResult>);
  } catch (error) {
    parentPort?.postMessage({ error: String(error) } satisfies JobReply<ReadResult>);
  }
});
