import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { TextDocumentConnection } from '../../client/text-document-connection.ts';
import { type LogLine, startTestServer } from '../helpers/server.ts';

const SECRET = 'not to be logged';

describe('the log of a server with text documents', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'troupe-log-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A server on the folder's database, for as long as `use` takes. @returns what it logged */
  async function logOf(
    level: string,
    use: (server: Awaited<ReturnType<typeof startTestServer>>) => Promise<void>,
  ): Promise<readonly LogLine[]> {
    const server = await startTestServer({
      LOG_LEVEL: level,
      DATABASE_URL: `sqlite:///${folder}/log.db`,
      EXPORTS_DIR: folder,
    });
    try {
      await use(server);
    } finally {
      await server.stop();
    }
    return server.lines;
  }

  async function edit(url: string, documentId: string): Promise<void> {
    const connection = new TextDocumentConnection({ url, documentId, userId: 'ann', WebSocket });
    connection.join();
    await connection.send(Buffer.from(SECRET), `op ${Math.random()}`);
    connection.leave();
  }

  const said = (lines: readonly LogLine[], msg: string): LogLine[] =>
    lines.filter((line) => line.msg === msg);

  it('names the store at the start, and says of a restart what it read', async () => {
    let id = '';
    const before = await logOf('info', async ({ url, api }) => {
      ({ id } = await api.ok('createTextDocument', { body: { title: SECRET } }));
      await edit(url, id);
    });
    expect(before.find(({ msg }) => msg.startsWith('troupe listens'))).to.include({ store: 'sqlite' });
    expect(said(before, 'document loaded')).to.deep.equal([]); // it is new
    expect(said(before, 'joined')[0]).to.include({ document_id: id, user: 'ann' });
    expect(said(before, 'left')[0]).to.include({ document_id: id, user: 'ann' });
    const after = await logOf('info', async ({ api }) => {
      await api.ok('getTextDocument', { path: { id } });
    });
    const [loaded] = said(after, 'document loaded');
    expect(loaded).to.include({ document_id: id, seq: 2 });
    expect(loaded?.['replayed']).to.be.within(0, 2);
    expect(loaded?.['ms']).to.be.a('number').at.least(0);
    expect(JSON.stringify([before, after])).not.to.contain(SECRET);
  });

  it('shows single updates only where LOG_LEVEL is debug', async () => {
    for (const [level, count] of [
      ['info', 0],
      ['debug', 1],
    ] as const) {
      const lines = await logOf(level, async ({ url, api }) => {
        const { id } = await api.ok('createTextDocument', { body: { title: 'Notes' } });
        await edit(url, id);
      });
      expect(said(lines, 'update')).to.have.length(count);
      expect(JSON.stringify(lines)).not.to.contain(Buffer.from(SECRET).toString('base64'));
    }
  });
});
