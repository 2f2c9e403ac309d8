import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { readConfig } from '../../config.ts';
import { type RunningServer, startServer } from '../../server.ts';

export const MODERATOR_KEY = 'the key of moderators';

/** A whole server on the memory store and a free port, answers checked against the contract. The caller stops it. */
export async function realServer(): Promise<RunningServer> {
  const exportsDir = mkdtempSync(join(tmpdir(), 'troupe-http-'));
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: 'memory://',
    EXPORTS_DIR: exportsDir,
    LOG_LEVEL: 'silent',
    VALIDATE_RESPONSES: 'true',
    MODERATOR_KEY,
  });
  const server = await startServer(config, {
    log: new Writable({ write: (_chunk, _encoding, done) => done() }),
  });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(exportsDir, { recursive: true, force: true });
    },
  };
}
