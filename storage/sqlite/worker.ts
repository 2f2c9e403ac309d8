import { parentPort, workerData } from 'node:worker_threads';
import { libsqlDriver } from './libsql-driver.ts';
import type { ThreadTask } from './thread.ts';
import { serve } from './thread-server.ts';

// Entry of a storage thread.
if (parentPort !== null) serve(parentPort, libsqlDriver, workerData as ThreadTask);
