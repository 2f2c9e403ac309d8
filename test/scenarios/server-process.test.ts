import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { beginPost } from '../helpers/raw-request.ts';
import { ServerProcess } from '../helpers/server-process.ts';

describe('the process of a server', () => {
  let exportsDir: string;
  let running: ServerProcess[] = [];
  before(async () => {
    exportsDir = await mkdtemp(join(tmpdir(), 'troupe-process-'));
  });
  afterEach(async () => {
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ exited }) => exited));
    running = [];
  });
  after(() => rm(exportsDir, { recursive: true, force: true }));

  function run(env: Readonly<Record<string, string>> = {}): ServerProcess {
    const child = new ServerProcess({ PORT: '0', EXPORTS_DIR: exportsDir, ...env });
    running.push(child);
    return child;
  }

  it('names its storage, listens, and stops in order on a signal', async () => {
    const child = run();
    const line = await child.log('troupe listens');
    expect(line).to.include({ store: 'memory' });
    const response = await fetch(`http://127.0.0.1:${line['port']}/readyz`);
    expect(response.status).to.equal(200);
    child.kill('SIGTERM');
    expect(await child.exited).to.deep.equal({ code: 0, signal: null });
    expect(child.lines.at(-1)?.msg).to.equal('stopped');
    expect(child.stderr).to.equal('');
  });

  it('ends at once on a second signal, whatever is under way', async () => {
    const child = run({ SHUTDOWN_GRACE_SECONDS: '600' });
    const { port } = await child.log('troupe listens');
    const request = await beginPost(Number(port), '/v1/documents', { name: 'Never finished' });
    await fetch(`http://127.0.0.1:${port}/healthz`);
    child.kill('SIGINT');
    await child.log('stopping');
    child.kill('SIGTERM');
    expect(await child.exited).to.deep.equal({ code: 130, signal: null });
    request.drop();
  });

  it('says in one line what is wrong with its environment', async () => {
    const child = run({ PORT: 'eighty' });
    expect(await child.exited).to.deep.equal({ code: 1, signal: null });
    expect(child.stderr).to.match(/^troupe: PORT must [^\n]*\n$/);
    expect(child.lines).to.be.empty;
  });

  it('says in one line that its port is taken', async () => {
    const blocker = createServer();
    await once(blocker.listen(0, '127.0.0.1'), 'listening');
    const { port } = blocker.address() as AddressInfo;
    const child = run({ PORT: String(port) });
    expect(await child.exited).to.deep.equal({ code: 1, signal: null });
    expect(child.stderr).to.match(/^troupe: [^\n]*EADDRINUSE[^\n]*\n$/);
    blocker.close();
  });
});
