import { expect } from 'chai';
import request from 'supertest';
import { parse } from 'yaml';
import { testApp } from './test-app.ts';

describe('the operations of the server', () => {
  it('tells that the process is alive, even when it is stopping', async () => {
    const { app } = testApp({ stopping: () => true });
    await request(app).get('/healthz').expect(200, { status: 'ok' });
  });

  it('is ready while the store answers', async () => {
    const { app } = testApp();
    await request(app).get('/readyz').expect(200, { status: 'ready', store: 'fake' });
  });

  it('is not ready while it stops or the store does not answer, and says when to ask again', async () => {
    const broken = { name: 'fake', ping: () => Promise.reject(new Error('disk on fire')) };
    for (const overrides of [{ stopping: () => true }, { store: broken }]) {
      const { app, lines } = testApp(overrides);
      const { body, headers, text } = await request(app).get('/readyz').expect(503);
      expect(JSON.stringify(lines).includes('disk on fire')).to.equal('store' in overrides);
      expect(body.code).to.equal('unavailable');
      expect(Number(headers['retry-after'])).to.be.at.least(1);
      expect(text).not.to.contain('fire');
    }
  });

  it('gives its figures as JSON, as Prometheus text when asked by Accept or by format', async () => {
    const { app } = testApp();
    const { body } = await request(app)
      .get('/metrics')
      .expect(200)
      .expect('Content-Type', /application\/json/);
    expect(body).to.include({ connected_clients: 0, export_time_ms: 0 });
    for (const answer of [
      await request(app).get('/metrics').set('Accept', 'text/plain'),
      await request(app).get('/metrics?format=prometheus'),
    ]) {
      expect(answer.headers['content-type']).to.match(/^text\/plain/);
      expect(answer.text).to.contain('# TYPE rooms_active gauge');
    }
    await request(app).get('/metrics?format=json').set('Accept', 'text/plain').expect('Content-Type', /json/);
    await request(app).get('/metrics?format=xml').expect(422);
  });

  it('counts requests by operation and status, and problems by code', async () => {
    const { app, metrics } = testApp();
    await request(app).get('/v1/documents');
    await request(app).get('/v1/documents?page=x');
    await request(app).get('/nowhere/1');
    await request(app).get('/nowhere/2');
    const figures = await metrics.figures();
    expect(figures).to.include({
      'http_request_duration_ms_count{operation="listDocuments",status="200"}': 1,
      'http_request_duration_ms_count{operation="listDocuments",status="422"}': 1,
      'http_request_duration_ms_count{operation="none",status="404"}': 2,
      'problems_total{code="not_found"}': 2,
    });
  });

  it('lists the live actors to this machine, and to nobody from elsewhere', async () => {
    const { app, actors } = testApp();
    const last_used = '2026-11-21T07:00:00.000Z';
    const figures = { seq: 3, mailbox: 0, pending: 1, asks: 2, subscribers: 4, last_used, crashes: 0 };
    actors.push({ id: 'a', kind: 'annotation', state: 'active', ...figures });
    const { body, headers } = await request(app).get('/debug/actors.json').expect(200);
    expect(body).to.deep.equal({ actors });
    expect(headers).not.to.have.property('access-control-allow-origin');
    await request(app).get('/debug/actors.json').set('X-Forwarded-For', '127.0.0.1').expect(403);
  });

  it('lists the live actors to whoever has the debug token', async () => {
    const { app, lines } = testApp({ debugToken: 's3cret' });
    const refused = await request(app).get('/debug/actors.json').expect(401);
    expect(refused.headers['www-authenticate']).to.equal('Bearer');
    await request(app).get('/debug/actors.json').set('Authorization', 'Bearer s3cret').expect(200);
    await request(app).get('/debug/actors.json?token=s3cret').expect(200);
    await request(app).get('/debug/actors.json?token=wrong').expect(401);
    expect(JSON.stringify(lines)).not.to.contain('s3cret');
  });

  it('gives out both contracts', async () => {
    const { app } = testApp();
    const openapi = await request(app).get('/openapi.yaml').buffer(true).expect(200);
    expect(openapi.headers['content-type']).to.equal('application/yaml');
    expect(parse(openapi.text)).to.have.property('openapi');
    const asyncapi = await request(app).get('/asyncapi.yaml').buffer(true).expect(200);
    expect(parse(asyncapi.text)).to.have.property('asyncapi');
  });

  it('shows its documentation without the internet', async () => {
    const { app } = testApp();
    const { text, headers } = await request(app).get('/docs').expect(200);
    expect(headers['content-security-policy'])
      .to.contain("script-src 'self'")
      .and.not.to.contain('upgrade-insecure');
    const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
    expect(parts).to.have.length(4);
    for (const part of parts) {
      expect(part).to.match(/^\/docs\//);
      await request(app).get(part).expect(200);
    }
    await request(app)
      .get('/docs/errors')
      .expect(200)
      .expect('Content-Type', /text\/markdown/);
    await request(app)
      .get('/docs/package.json')
      .expect(404)
      .expect('Content-Type', 'application/problem+json');
  });
});
