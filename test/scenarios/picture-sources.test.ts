import { expect } from 'chai';
import { type ImageHost, startImageHost } from '../helpers/image-host.ts';
import { createDocument, exportTo, useServer } from '../helpers/server.ts';
import { quarteredJpeg, withOrientation } from '../render/jpeg-fixture.ts';
import { makePng, PNG_MAGIC, pngHeader } from '../render/png-fixture.ts';

/** No two bytes alike for long: cut in its middle, it is cut in its pixels. */
const picture = makePng({
  width: 64,
  height: 48,
  depth: 8,
  color: 2,
  sample: (x, y) => [(x * 37 + y * 101) & 255, (x * y) & 255, (x ^ (y * 3)) & 255],
});
/** 45 bytes that claim 3.6 gigapixels. */
const bomb = Buffer.concat([PNG_MAGIC, pngHeader({ width: 60_000, height: 60_000, depth: 8, color: 6 })]);
const dataUrl = (bytes: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

describe('the picture of a document', () => {
  const server = useServer({ IMAGE_FETCH_ALLOW: '127.0.0.1' });
  let host: ImageHost;
  before(async () => {
    host = await startImageHost({
      'good.png': picture,
      'good.jpg': withOrientation(await quarteredJpeg(), 6),
      'page.html': Buffer.from('<html>Not a picture</html>'),
      'bomb.png': bomb,
      'cut.png': picture.subarray(0, picture.length >> 1),
    });
  });
  after(() => host.stop());

  async function exportOf(image_url: string) {
    const document = await createDocument(server.now, image_url);
    const client = await server.now.join(document.id);
    const job = await exportTo(server.now, client, { document_id: document.id, format: 'png' });
    return { document, client, job };
  }

  for (const [name, width, height] of [
    ['good.png', 64, 48],
    ['good.jpg', 32, 48], // lies on its side, its EXIF says so
  ] as const) {
    it(`is fetched once, and then its size is known: ${name}`, async () => {
      const { document, client, job } = await exportOf(host.url(name));
      expect(job).to.include({ status: 'completed' });
      expect(document).not.to.have.property('width');
      await client.hear('document.updated');
      const { api } = server.now;
      expect(await api.ok('getDocument', { path: { id: document.id } })).to.include({ width, height });
      const stale = { 'If-None-Match': `"${document.version}"` };
      const { status } = await api.send('getDocument', { path: { id: document.id }, headers: stale });
      expect(status).to.equal(200);
      const again = await exportTo(server.now, client, { document_id: document.id, format: 'jpg' });
      expect(again.status).to.equal('completed');
      expect(host.asked(name)).to.equal(1);
    });
  }

  for (const [what, name, code] of [
    ['is not there', 'missing.png', 'image_fetch_failed'],
    ['is no picture', 'page.html', 'image_unsupported'],
    ['claims gigapixels', 'bomb.png', 'image_too_large'],
    ['is cut off', 'cut.png', 'image_corrupt'],
  ] as const) {
    it(`[IMG-2] fails an export where it ${what}; the server goes on`, async () => {
      const { job, document } = await exportOf(host.url(name));
      expect(job).to.deep.include({ status: 'failed', result_url: null });
      expect(job.error?.code).to.equal(code);
      const problem = await server.now.api.refused('downloadExport', { path: { id: job.id } });
      expect(problem.status).to.equal(404);
      const { api } = server.now;
      await api.ok('updateDocument', { path: { id: document.id }, body: { image_url: dataUrl(picture) } });
      const client = await server.now.join(document.id);
      const second = await exportTo(server.now, client, { document_id: document.id, format: 'png' });
      expect(second.status).to.equal('completed');
    });
  }

  it('[IMG-1] is not fetched from a private address that nobody allowed', async () => {
    const { job } = await exportOf(`http://localhost:${host.port}/good.png`);
    expect(job.status).to.equal('failed');
    expect(job.error?.code).to.equal('image_fetch_refused');
  });

  it('[IMG-2] is refused at once where a data: URL carries none that may be used', async () => {
    for (const [bytes, code] of [
      [Buffer.from('<svg/>'), 'image_unsupported'],
      [bomb, 'image_too_large'],
      [picture.subarray(0, 20), 'image_corrupt'],
    ] as const) {
      const body = { name: 'Plan', image_url: dataUrl(bytes) };
      const problem = await server.now.api.refused('createDocument', { body });
      expect(problem).to.include({ status: 422, code });
    }
  });
});
