import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import request from 'supertest';
import { testApp } from './test-app.ts';

const PAGE = '<!doctype html><title>Troupe</title>';
/** What a browser says when somebody types an address. */
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('addresses of the web app that somebody mistyped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-web-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'index.html'), PAGE);
  const { app } = testApp({ webAppFolder: folder });

  it('open the app also where their percent-encoding is broken, which then says that there is no such document', async () => {
    for (const path of ['/canvases/%E0%A4%A', '/boards/%', '/texts/%zz', '/canvases/%00']) {
      const { text } = await request(app)
        .get(path)
        .expect(200)
        .expect('Content-Type', /^text\/html/);
      expect(text, path).to.equal(PAGE);
    }
  });

  it('are no failure of the server where they look like a file', async () => {
    for (const path of ['/assets/%E0%A4%A', '/assets/%']) {
      await request(app)
        .get(path)
        .expect(404)
        .expect('Content-Type', /^application\/problem\+json/);
    }
  });

  it('are told as a page to browsers, and as a problem to programs, where they name no document', async () => {
    for (const path of ['/canvases', '/canvases/', '/boards/', '/texts']) {
      const { text, headers } = await request(app).get(path).set('Accept', BROWSER).expect(404);
      expect(text, path).to.equal(PAGE);
      expect(headers['content-security-policy'], path).to.include("script-src 'self'");
      for (const accepted of ['*/*', 'application/json']) {
        await request(app)
          .get(path)
          .set('Accept', accepted)
          .expect(404)
          .expect('Content-Type', /^application\/problem\+json/);
      }
    }
  });
});
