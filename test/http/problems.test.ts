import { expect } from 'chai';
import request from 'supertest';
import { problemBody, statusOf, toProblem } from '../../http/problem-response.ts';
import { Problem } from '../../protocol/problem.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

describe('a problem over HTTP', () => {
  const { app, annotations, lines } = testApp();

  it('is problem+json with all that a caller needs', async () => {
    const { body, headers } = await request(app).get(`/v1/documents/${UNKNOWN_ID}`).expect(404);
    expect(headers['content-type']).to.equal('application/problem+json');
    expect(headers['cache-control']).to.equal('no-store');
    expect(body).to.deep.equal({
      type: '/docs/errors#not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: `There is no document ${UNKNOWN_ID}.`,
      request_id: headers['x-request-id'],
    });
  });

  it('is never HTML, whatever the caller accepts', async () => {
    for (const path of ['/nowhere', '/v1/documents/x', '/v1/documents?page=x', '/exports/%ff']) {
      const { headers } = await request(app).get(path).set('Accept', 'text/html');
      expect(headers['content-type'], path).to.equal('application/problem+json');
    }
  });

  it('tells nothing of a defect, but logs it once under the request id', async () => {
    annotations.failure = new TypeError('secret of the house');
    const { text, body, headers } = await request(app).get('/v1/documents').expect(500);
    expect(body.code).to.equal('internal');
    expect(text).not.to.contain('secret').and.not.to.contain('.ts');
    const logged = lines.filter((line) => line.request_id === headers['x-request-id']);
    expect(logged.map((line) => line.msg)).to.deep.equal(['request failed', 'request']);
    expect(JSON.stringify(logged[0])).to.contain('secret of the house');
  });

  it('is made of anything that can be thrown', async () => {
    for (const thrown of ['text', 5, null, {}, { status: 418 }, Object.create(null)]) {
      expect(toProblem(thrown).code).to.equal('internal');
    }
  });

  it('says when to try again where that helps', async () => {
    annotations.failure = new Problem('overloaded', 'Too many wait.');
    const plain = await request(app).get('/v1/documents').expect(503);
    expect(plain.headers['retry-after']).to.equal('1');
    annotations.failure = new Problem('overloaded', 'Too many wait.', { headers: { 'Retry-After': '30' } });
    const later = await request(app).get('/v1/documents').expect(503);
    expect(later.headers['retry-after']).to.equal('30');
  });

  it('carries only headers of its own', async () => {
    const { headers } = await request(app).get('/v1/documents/x').expect(404);
    expect(headers).not.to.have.property('etag');
    expect(headers).not.to.have.property('location');
  });

  it('of validation is 400 under /api/v1 and 422 everywhere else', () => {
    expect(statusOf('invalid', '/api/v1/documents')).to.equal(400);
    expect(statusOf('invalid', '/v1/documents')).to.equal(422);
    expect(statusOf('not_found', '/api/v1/documents')).to.equal(404);
    expect(JSON.parse(problemBody(Problem.invalid('/body', 'x'), 'id', '/api/v1/documents')).status).to.equal(
      400,
    );
  });

  it('names at most 25 fields', () => {
    const errors = Array.from({ length: 100 }, (_, i) => ({ path: `/body/${i}`, message: 'is wrong' }));
    const body = JSON.parse(problemBody(new Problem('invalid', 'x', { errors }), 'id', '/'));
    expect(body.errors).to.have.length(25);
  });

  it('turns into a 500 in development where the contract does not list it for the operation', async () => {
    annotations.failure = new Problem('tag_taken', 'Taken.');
    const { headers } = await request(app).get('/v1/documents').expect(500);
    const logged = lines.find((line) => line.request_id === headers['x-request-id']);
    expect(JSON.stringify(logged)).to.contain('listDocuments does not document tag_taken');
  });
});

describe('an answer that breaks the contract', () => {
  const breakNext = (app: ReturnType<typeof testApp>): void => {
    app.annotations.listDocuments = async () => ({
      items: [{ id: 'no uuid' } as never],
      page: 1,
      size: 1,
      total: 1,
    });
  };

  it('is a 500 in development and tests, with a log line that says why', async () => {
    const checked = testApp();
    breakNext(checked);
    const { text } = await request(checked.app).get('/v1/documents').expect(500);
    expect(text).not.to.contain('uuid');
    expect(JSON.stringify(checked.lines)).to.contain('/response/items/0');
  });

  it('is sent as it is in production, where nobody looks', async () => {
    const unchecked = testApp({ validateResponses: false });
    breakNext(unchecked);
    await request(unchecked.app).get('/v1/documents').expect(200);
  });
});

describe('the paths and methods of the server', () => {
  const { app } = testApp();

  it('are written in one way: case, slashes and all', async () => {
    for (const path of [
      '/V1/documents',
      '/v1/documents/',
      '//v1/documents',
      '/v1//documents',
      '/v1',
      '/v1/documents%2f',
    ]) {
      await request(app).get(path).expect(404).expect('Content-Type', 'application/problem+json');
    }
  });

  it('are told apart: a method that a path does not have is 405 with Allow', async () => {
    for (const method of ['put', 'delete', 'patch', 'trace', 'propfind'] as const) {
      const { headers, body } = await request(app)[method]('/v1/documents').expect(405);
      expect(headers['allow']).to.equal('GET, POST, HEAD, OPTIONS');
      expect(body.code).to.equal('method_not_allowed');
    }
    await request(app).head('/v1/versions/x/revert').expect(405);
  });

  it('answer OPTIONS with what they have', async () => {
    const { headers } = await request(app).options('/v1/documents/x').expect(204);
    expect(headers['allow']).to.equal('GET, DELETE, PATCH, HEAD, OPTIONS');
    await request(app).options('/nowhere').expect(404);
  });

  it('answer every HEAD like its GET, without a body', async () => {
    for (const path of [
      '/v1/documents',
      '/healthz',
      '/metrics',
      '/openapi.yaml',
      '/docs',
      '/v1/documents?page=0',
    ]) {
      const get = await request(app).get(path);
      const head = await request(app).head(path).expect(get.status);
      expect(head.text ?? '', path).to.equal('');
      expect(head.headers['content-type'], path).to.equal(get.headers['content-type']);
      if (path !== '/metrics')
        expect(head.headers['content-length'], path).to.equal(get.headers['content-length']);
    }
  });
});

describe('other origins', () => {
  it('may use the server where all may', async () => {
    const { app } = testApp();
    const { headers } = await request(app)
      .get('/v1/documents')
      .set('Origin', 'https://a.example')
      .expect(200);
    expect(headers['access-control-allow-origin']).to.equal('*');
    expect(headers['access-control-expose-headers']).to.contain('ETag').and.to.contain('X-Request-Id');
    const preflight = await request(app)
      .options('/v1/documents')
      .set({ Origin: 'https://a.example', 'Access-Control-Request-Method': 'PATCH' })
      .set('Access-Control-Request-Headers', 'if-match, x-user-id')
      .expect(204);
    expect(preflight.headers['access-control-allow-methods']).to.contain('PATCH');
    expect(preflight.headers['access-control-allow-headers']).to.contain('x-user-id');
  });

  it('may not where only some may', async () => {
    const { app } = testApp({ corsOrigins: ['https://a.example'] });
    const mine = await request(app).get('/v1/documents').set('Origin', 'https://a.example');
    expect(mine.headers['access-control-allow-origin']).to.equal('https://a.example');
    const foreign = await request(app).get('/v1/documents').set('Origin', 'https://b.example');
    expect(foreign.headers).not.to.have.property('access-control-allow-origin');
  });
});
