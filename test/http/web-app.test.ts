import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect } from 'chai';
import request from 'supertest';
import { testApp, UNKNOWN_ID } from './test-app.ts';

const PAGE = '<!doctype html><title>Troupe</title><script type="module" src="/assets/index-abc.js"></script>';
const SCRIPT = 'export const words = "for everybody";';

/** A build as Vite leaves it. */
function builtApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-web-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets/index-abc.js'), SCRIPT);
  writeFileSync(join(folder, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT));
  return folder;
}

describe('the web app', () => {
  const { app } = testApp({ webAppFolder: builtApp() });

  it('has one page for all its addresses, which is asked for anew each time', async () => {
    for (const path of [
      '/',
      `/boards/${UNKNOWN_ID}`,
      `/texts/${UNKNOWN_ID}`,
      '/canvases/main',
      '/debug/actors',
    ]) {
      const { text, headers } = await request(app)
        .get(path)
        .expect(200)
        .expect('Content-Type', /^text\/html/);
      expect(text, path).to.equal(PAGE);
      expect(headers['cache-control'], path).to.equal('no-cache');
      await request(app).get(path).set('If-None-Match', String(headers['etag'])).expect(304);
    }
  });

  it('runs no script but its own files and talks to nobody but its server', async () => {
    const { headers } = await request(app).get('/').expect(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).to.include("default-src 'none'").and.include("script-src 'self';");
    expect(policy).to.include("connect-src 'self'").and.include("frame-ancestors 'none'");
    expect(policy).not.to.include('unsafe-eval');
  });

  it('has files that are kept for good, compressed for those who take that', async () => {
    const plain = await request(app)
      .get('/assets/index-abc.js')
      .set('Accept-Encoding', 'identity')
      .expect(200);
    expect(plain.headers).to.include({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Accept-Encoding',
    });
    expect(plain.headers).not.to.have.property('content-encoding');
    expect(plain.text).to.equal(SCRIPT);
    const packed = await request(app)
      .get('/assets/index-abc.js')
      .set('Accept-Encoding', 'gzip, br')
      .expect(200);
    expect(packed.headers['content-encoding']).to.equal('br');
    expect(packed.text).to.equal(SCRIPT);
    await request(app).head('/icon.svg').expect(200).expect('Content-Type', 'image/svg+xml');
  });

  it('leaves everything else to the API, also what only looks like a file of it', async () => {
    for (const path of [
      '/assets/nothing.js',
      '/assets/..%2Findex.html',
      '/boards',
      '/index.html',
      '/texts/a/b',
    ]) {
      await request(app)
        .get(path)
        .expect(404)
        .expect('Content-Type', /^application\/problem\+json/);
    }
    await request(app).post('/').expect(404);
  });

  it('shows the page of the inspector to other machines only where a token guards what it shows', async () => {
    const far = { 'X-Forwarded-For': '203.0.113.9' };
    await request(app).get('/debug/actors').set(far).expect(403);
    const guarded = testApp({ webAppFolder: builtApp(), debugToken: 'let me in' });
    await request(guarded.app).get('/debug/actors').set(far).expect(200);
    await request(guarded.app).get('/debug/actors.json').set(far).expect(401);
  });

  it('leads to the documentation where it is not built', async () => {
    const bare = testApp({ webAppFolder: join(tmpdir(), 'troupe-no-such-folder') });
    await request(bare.app).get('/').expect(302).expect('Location', '/docs');
  });
});
