import { expect } from 'chai';
import request from 'supertest';
import { loggedQuery } from '../../http/access-log.ts';
import { testApp } from './test-app.ts';

const UUID = /^[0-9a-f-]{36}$/;

describe('the request id', () => {
  const { app } = testApp();

  it('is on every answer', async () => {
    for (const path of ['/v1/documents', '/nowhere', '/docs', '/healthz']) {
      const { headers } = await request(app).get(path);
      expect(headers['x-request-id'], path).to.match(UUID);
    }
  });

  it('is the caller’s where that is a sane one', async () => {
    for (const id of [
      'trace-1',
      'a'.repeat(128),
      '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    ]) {
      await request(app).get('/healthz').set('X-Request-Id', id).expect('X-Request-Id', id);
    }
    for (const id of ['', 'two words', 'a'.repeat(129), '"quoted"', '<script>', 'é']) {
      const { headers } = await request(app).get('/healthz').set('X-Request-Id', id);
      expect(headers['x-request-id'], id).to.match(UUID);
    }
  });
});

describe('the access log', () => {
  it('has one line for each request, with what is known of it', async () => {
    const { app, lines } = testApp();
    const { body } = await request(app)
      .post('/v1/documents')
      .set({ 'X-Request-Id': 'r1', 'X-User-Id': 'hedda', 'Idempotency-Key': 'op-7' })
      .send({ name: 'not to be logged' });
    await request(app).get(`/v1/documents/${body.id}?include_deleted=true`).set('X-Request-Id', 'r2');
    await request(app).get('/nowhere').set('X-Request-Id', 'r3');
    expect(lines).to.have.length(3);
    expect(lines[0]).to.include({
      request_id: 'r1',
      method: 'POST',
      path: '/v1/documents',
      status: 201,
      operation: 'createDocument',
      document_id: body.id,
      user: 'hedda',
      operation_id: 'op-7',
    });
    expect(lines[0]?.['ms']).to.be.a('number').greaterThan(0);
    expect(lines[1]).to.include({ request_id: 'r2', query: 'include_deleted=true', document_id: body.id });
    expect(lines[2]).to.include({ request_id: 'r3', status: 404, code: 'not_found' });
    expect(JSON.stringify(lines)).not.to.contain('not to be logged');
  });

  it('is quiet about probes that go well', async () => {
    const { app, lines } = testApp();
    await request(app).get('/healthz');
    await request(app).get('/metrics');
    expect(lines.map((line) => line.level)).to.deep.equal([20, 20]);
  });

  it('leaves out the values of secrets, however they are written', () => {
    expect(loggedQuery('/x?token=abc&page=2')).to.equal('token=[secret]&page=2');
    expect(loggedQuery('/x?%74oken=abc&TOKEN=def&key=1')).to.equal(
      '%74oken=[secret]&TOKEN=[secret]&key=[secret]',
    );
    expect(loggedQuery('/x?%ff=1')).to.equal('%ff=1');
    expect(loggedQuery('/x')).to.equal(undefined);
    expect(loggedQuery(`/x?a=${'b'.repeat(9_000)}`)).to.have.length(500);
  });
});
