import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { DemoFailure } from './demo-failure.ts';

/** A server to show: one that runs already, or our own. */
export interface DemoServer {
  readonly url: string;
  readonly own: boolean;
  /** Stops our own; leaves another's alone. */
  stop(): Promise<void>;
}

const DEFAULT_URL = 'http://127.0.0.1:8000';
/** A server on this machine answers in milliseconds; one that is asked for by name may be farther away. */
const READY_WITHIN_MS = 3_000;

/** @param url - of a running server; without it the usual address is tried. */
export async function findOrStartServer(url: string | undefined): Promise<DemoServer> {
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw new DemoFailure(`TROUPE_URL is no http(s) address: ${url}`);
  }
  const candidate = (url ?? DEFAULT_URL).replace(/\/+$/, '');
  if (await isReady(candidate)) return { url: candidate, own: false, stop: async () => undefined };
  return startOwn();
}

/** Something else may listen there: only what answers as our `/readyz` does is ours. */
async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(READY_WITHIN_MS) });
    const body = (await response.json()) as { readonly status?: unknown; readonly store?: unknown };
    return response.ok && body.status === 'ready' && typeof body.store === 'string';
  } catch {
    return false;
  }
}

async function startOwn(): Promise<DemoServer> {
  const exportsDir = await mkdtemp(join(tmpdir(), 'troupe-demo-'));
  const cleanUp = (): Promise<void> => rm(exportsDir, { recursive: true, force: true });
  try {
    const settings = {
      DATABASE_URL: 'memory://',
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      EXPORTS_DIR: exportsDir,
    };
    const server = await startServer(readConfig(settings));
    return { url: server.url, own: true, stop: () => server.stop().finally(cleanUp) };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}
