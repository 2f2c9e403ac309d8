import { expect } from 'chai';
import { readImageHeader } from '../../render/image-header.ts';
import { createBox, createDocument, exportTo, useServer } from '../helpers/server.ts';
import { makePng } from '../render/png-fixture.ts';

const PICTURE = `data:image/png;base64,${makePng({
  width: 120,
  height: 80,
  depth: 8,
  color: 2,
  sample: (x, y) => [x * 2, y * 3, 128],
}).toString('base64')}`;

describe('an export', () => {
  const server = useServer();

  /** A document with a picture, a box and a client. */
  async function studio() {
    const { id: document_id } = await createDocument(server.now, PICTURE);
    const box = await createBox(server.now, document_id);
    return { document_id, box, client: await server.now.join(document_id) };
  }
  const download = (id: string): Promise<Buffer> => server.now.api.bytes('downloadExport', { path: { id } });

  it('[WS-1] is told of from queued to completed; only queued and completed are events', async () => {
    const { document_id, client } = await studio();
    const job = await exportTo(server.now, client, { document_id, format: 'png' });
    const told = client.of('export.updated').filter((frame) => frame.job.id === job.id);
    expect(told[0]).to.deep.include({ seq: 3 });
    expect(told.at(-1)).to.deep.include({ seq: 4 });
    const statuses = told.map((frame) => frame.job.status);
    expect([...new Set(statuses)]).to.deep.equal(['queued', 'processing', 'completed']);
    const between = told.filter((frame) => frame.job.status === 'processing');
    for (const frame of between) expect(frame).not.to.have.property('seq');
    const progress = told.map((frame) => frame.job.progress);
    expect(progress).to.deep.equal([...progress].sort((a, b) => a - b));
    expect(job).to.include({ status: 'completed', progress: 1, mime: 'image/png', seq: 2 });
    expect(await server.now.api.ok('getExport', { path: { id: job.id } })).to.deep.equal(job);
  });

  it('has the same bytes at its result_url as at its download, in the format and size that was asked for', async () => {
    const { document_id, client } = await studio();
    for (const [format, mime, scale] of [
      ['png', 'image/png', 0.5],
      ['jpg', 'image/jpeg', 2],
    ] as const) {
      const job = await exportTo(server.now, client, { document_id, format, scale });
      const file = await fetch(`${server.now.url}${job.result_url}`);
      expect(file.headers.get('content-type')).to.equal(mime);
      const bytes = Buffer.from(await file.arrayBuffer());
      expect(bytes.equals(await download(job.id))).to.equal(true);
      expect(job.size).to.equal(bytes.length);
      expect(readImageHeader(bytes)).to.deep.include({ mime, width: 120 * scale, height: 80 * scale });
    }
  });

  it('[ANN-6] is the same picture for the same state, by tag, version, seq or at once', async () => {
    const { api } = server.now;
    const { document_id, box, client } = await studio();
    const version = await api.ok('createVersion', { body: { document_id, tag: 'v1' } });
    const body = { document_id, format: 'png' } as const;
    const first = await exportTo(server.now, client, body);
    const second = await exportTo(server.now, client, body);
    await api.ok('updateAnnotation', { path: { id: box.id }, body: { style: { stroke: '#00f' } } });
    const past = await Promise.all([
      exportTo(server.now, client, { ...body, tag: 'v1' }),
      exportTo(server.now, client, { ...body, version_id: version.id }),
      exportTo(server.now, client, { ...body, seq: version.seq }),
    ]);
    const present = await exportTo(server.now, client, body);
    const wanted = await download(first.id);
    for (const { id } of [second, ...past]) expect((await download(id)).equals(wanted)).to.equal(true);
    expect((await download(present.id)).equals(wanted)).to.equal(false);
  });

  it('[ANN-6] shows the moment at which it was asked for, whatever happens right after', async () => {
    const { api } = server.now;
    const { document_id, box, client } = await studio();
    const before = await exportTo(server.now, client, { document_id, format: 'png' });
    const [job] = await Promise.all([
      api.ok('createExport', { body: { document_id, format: 'png' } }),
      // Sent on its way after the other; where it is overtaken by this one, `seq` tells.
      api.ok('deleteAnnotation', { path: { id: box.id } }),
    ]);
    await client.hearEnd(job.id);
    const deletion = await client.hear('annotation.deleted');
    const shown = await download(job.id);
    if (job.seq < deletion.seq) expect(shown.equals(await download(before.id))).to.equal(true);
    const replayed = await exportTo(server.now, client, { document_id, format: 'png', seq: job.seq });
    expect((await download(replayed.id)).equals(shown)).to.equal(true);
  });

  it('is refused where it cannot be meant', async () => {
    const { api } = server.now;
    const { document_id } = await studio();
    const png = { document_id, format: 'png' } as const;
    for (const body of [
      { ...png, seq: 1, tag: 'v1' },
      { ...png, seq: 99 },
      { ...png, tag: 'unknown' },
      { document_id, format: 'jpg', background: 'transparent' } as const,
      { ...png, scale: 5 },
    ]) {
      const problem = await api.refused('createExport', { body });
      expect(problem, JSON.stringify(body)).to.include({ status: 422, code: 'invalid' });
    }
    expect((await api.ok('listExports', { query: { document_id } })).total).to.equal(0);
  });

  it('is one of twenty at once: all complete, and the server answers meanwhile', async () => {
    const { api } = server.now;
    const { document_id, client } = await studio();
    let ended = false;
    const jobs = Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        exportTo(server.now, client, { document_id, format: i % 2 === 0 ? 'png' : 'jpg', scale: 4 }),
      ),
    ).finally(() => {
      ended = true;
    });
    let answers = 0;
    while (!ended) {
      expect(await api.ok('getHealth')).to.deep.equal({ status: 'ok' });
      answers += 1;
    }
    const statuses = (await jobs).map(({ status }) => status);
    expect(new Set(statuses)).to.deep.equal(new Set(['completed']));
    expect(answers).to.be.greaterThan(5);
  });
});
