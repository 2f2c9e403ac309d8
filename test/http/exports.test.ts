import { randomUUID } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import request from 'supertest';
import { createHttpServer } from '../../http/server.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

describe('HTTP /v1/exports', () => {
  const { app, annotations, exportsDir } = testApp();
  let documentId: string;
  before(async () => {
    documentId = (await request(app).post('/v1/documents').send({ name: 'Plan' }).expect(201)).body.id;
  });

  function finished(bytes: Buffer, mime = 'image/png'): { id: string; path: string } {
    const id = randomUUID();
    const name = `${id}.${mime === 'image/png' ? 'png' : 'jpg'}`;
    const path = join(exportsDir, name);
    writeFileSync(path, bytes);
    annotations.files.set(id, { path, mime, size: bytes.length, name });
    return { id, path };
  }

  it('queues a job and says where to look', async () => {
    const { body, headers } = await request(app)
      .post('/v1/exports')
      .send({ document_id: documentId, format: 'png', scale: 2 })
      .expect(202);
    expect(body).to.include({ document_id: documentId, status: 'queued', scale: 2, result_url: null });
    expect(headers['location']).to.equal(`/v1/exports/${body.id}`);
    await request(app).get(`/v1/exports/${body.id}`).expect(200, body);
    const list = await request(app).get(`/v1/exports?document_id=${documentId}`).expect(200);
    expect(list.body.items[0]).to.deep.equal(body);
  });

  it('has no file until the job is completed', async () => {
    const { body } = await request(app).post('/v1/exports').send({ document_id: documentId, format: 'jpg' });
    await request(app).get(`/v1/exports/${body.id}/download`).expect(404);
  });

  it('downloads the file as an attachment', async () => {
    const { id } = finished(Buffer.from('picture'));
    const { headers, body } = await request(app).get(`/v1/exports/${id}/download`).expect(200);
    expect(Buffer.isBuffer(body) && body.toString()).to.equal('picture');
    expect(headers).to.include({
      'content-type': 'image/png',
      'content-length': '7',
      'content-disposition': `attachment; filename="${id}.png"`,
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it('serves the file under its result_url, and not again to who has it', async () => {
    const { id } = finished(Buffer.from('picture'), 'image/jpeg');
    const { headers } = await request(app).get(`/exports/${id}.jpg`).expect(200);
    expect(headers).to.include({ 'content-type': 'image/jpeg', 'content-length': '7' });
    expect(headers).not.to.have.property('content-disposition');
    const again = await request(app)
      .get(`/exports/${id}.jpg`)
      .set('If-None-Match', headers['etag'] ?? '')
      .expect(304);
    expect(again.headers['etag']).to.equal(headers['etag']);
  });

  it('answers HEAD like GET without the bytes', async () => {
    const { id } = finished(Buffer.alloc(100_000, 1));
    const { headers, text } = await request(app).head(`/exports/${id}.png`).expect(200);
    expect(headers).to.include({ 'content-type': 'image/png', 'content-length': '100000' });
    expect(text ?? '').to.equal('');
  });

  it('serves nothing but finished pictures: no other names, directories or links', async () => {
    writeFileSync(join(exportsDir, 'secret.txt'), 'x');
    const directory = randomUUID();
    mkdirSync(join(exportsDir, `${directory}.png`));
    const link = randomUUID();
    symlinkSync('/etc/hostname', join(exportsDir, `${link}.png`));
    for (const name of [
      'secret.txt',
      '..%2f..%2fetc%2fpasswd',
      `${directory}.png`,
      `${link}.png`,
      `${UNKNOWN_ID}.png`,
      `${UNKNOWN_ID}.gif`,
      `${UNKNOWN_ID}.png%00`,
    ]) {
      await request(app).get(`/exports/${name}`).expect(404);
    }
  });

  it('closes the file of a caller that goes away', async function () {
    const { id, path } = finished(Buffer.alloc(32 * 1024 * 1024, 1));
    const isOpen = async (): Promise<boolean> => {
      const fds = await readdir('/proc/self/fd').catch(() => this.skip());
      const links = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
      return links.includes(path);
    };
    const server = createHttpServer(app, pino({ level: 'silent' }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.write(`GET /v1/exports/${id}/download HTTP/1.1\r\nHost: x\r\n\r\n`);
      await new Promise((resolve) => socket.once('data', resolve));
      expect(await isOpen()).to.equal(true);
      const gone = new Promise((resolve) => server.once('connection', resolve)).then(() => undefined);
      socket.destroy();
      // The next connection is served only by an event loop that has seen the end of this one.
      connect((server.address() as AddressInfo).port, '127.0.0.1').end();
      await gone;
      while (await isOpen()) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
