import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../config.ts';
import { type RunningServer, startServer } from '../../server.ts';
import { describeInBrowser } from './browser-suite.ts';

describeInBrowser('Swagger UI in a browser', {}, (chromium) => {
  let server: RunningServer;
  let exportsDir: string;

  before(async () => {
    exportsDir = await mkdtemp(join(tmpdir(), 'troupe-docs-'));
    server = await startServer(
      readConfig({
        PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'silent',
        DATABASE_URL: 'memory://',
        EXPORTS_DIR: exportsDir,
      }),
    );
  });
  after(async () => {
    await server?.stop();
    await rm(exportsDir, { recursive: true, force: true });
  });

  it('[HTTP-1] shows every operation and tries one, without asking any other host', async () => {
    const { page } = await chromium.open({ viewport: { width: 1280, height: 900 } });
    const foreign: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== server.url) foreign.push(request.url());
    });
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));

    await page.goto(`${server.url}/docs`);
    await page.locator('.opblock').first().waitFor();
    expect(await page.locator('.opblock').count()).to.be.at.least(20);
    if (process.env['SCREENSHOTS'] !== undefined) {
      await page.screenshot({ path: join(process.env['SCREENSHOTS'], 'swagger-ui.png') });
    }
    const operation = page.locator('#operations-documents-createDocument');
    await operation.locator('.opblock-summary').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.locator('textarea.body-param__text').fill('{"name": "from the browser"}');
    await operation.getByRole('button', { name: 'Execute' }).click();
    const status = operation.locator('.live-responses-table .response-col_status').last();
    await status.waitFor();
    expect(await status.textContent()).to.match(/^201/);
    expect(await operation.locator('.live-responses-table').textContent()).to.include('from the browser');
    expect(foreign).to.deep.equal([]);
    expect(errors).to.deep.equal([]);
  });
});
