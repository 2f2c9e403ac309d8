import { expect } from 'chai';
import request from 'supertest';
import { testApp, UNKNOWN_ID } from './test-app.ts';

interface FieldError {
  readonly path: string;
  readonly message: string;
}

describe('validation over HTTP', () => {
  const { app } = testApp();
  const errorsOf = async (test: request.Test): Promise<FieldError[]> => {
    const { body } = await test.expect(422);
    expect(body.code).to.equal('invalid');
    return body.errors;
  };
  const annotation = (body: object): request.Test =>
    request(app)
      .post('/v1/annotations')
      .send({ document_id: UNKNOWN_ID, ...body });
  const pathsOf = async (test: request.Test): Promise<string[]> =>
    (await errorsOf(test)).map(({ path }) => path);

  it('names each field that breaks the contract, once', async () => {
    const body = { type: 'box', geometry: { x: 1, y: 2, width: -3, height: 'a' }, nonsense: 1 };
    expect(await errorsOf(annotation(body))).to.have.deep.members([
      { path: '/body/nonsense', message: 'is unknown here' },
      { path: '/body/geometry/width', message: 'must be >= 0' },
      { path: '/body/geometry/height', message: 'must be number' },
    ]);
  });

  it('gives one error for a type that there is not', async () => {
    const types = 'text, box, ellipse, arrow, line, polygon, freehand, comment';
    for (const type of ['blob', 5, null, ['box']]) {
      expect(await errorsOf(annotation({ type })), String(type)).to.deep.equal([
        { path: '/body/type', message: `must be one of ${types}` },
      ]);
    }
    expect(await errorsOf(annotation({}))).to.deep.equal([{ path: '/body/type', message: 'is required' }]);
  });

  it('speaks only of the geometry that was meant', async () => {
    const of = (type: string, geometry: unknown): Promise<string[]> =>
      pathsOf(annotation({ type, geometry }));
    expect(await of('arrow', {})).to.deep.equal(['/body/geometry/points']);
    expect(await of('arrow', { points: [[0, 0], [1]] })).to.deep.equal(['/body/geometry/points/1']);
    expect(await of('line', { x1: 0, y1: 0, x2: 1 })).to.deep.equal(['/body/geometry/y2']);
    expect(await of('comment', { x: 1 })).to.deep.equal(['/body/geometry/y']);
    expect(
      await of('freehand', {
        points: [
          [0, 0, 2],
          [1, 1],
        ],
      }),
    ).to.deep.equal(['/body/geometry/points/0/2']);
    expect(await of('box', 'large')).to.deep.equal(['/body/geometry']);
  });

  it('tells all types that a field may have', async () => {
    const style = { font_weight: 'heavy' };
    expect(await errorsOf(annotation({ type: 'text', geometry: { x: 0, y: 0 }, style }))).to.deep.equal([
      { path: '/body/style/font_weight', message: 'must be integer or must be one of normal, bold' },
    ]);
    expect(await pathsOf(request(app).post('/v1/documents').send({ name: 'x', image_url: 5 }))).to.deep.equal(
      ['/body/image_url'],
    );
  });

  it('asks for an object where a body is something else, or nothing', async () => {
    for (const body of ['null', '[]', '5', '"text"', 'true']) {
      const test = request(app).post('/v1/annotations').set('Content-Type', 'application/json').send(body);
      expect(await errorsOf(test), body).to.deep.equal([{ path: '/body', message: 'must be object' }]);
    }
    const missing = [{ path: '/body', message: 'is required' }];
    expect(await errorsOf(request(app).post('/v1/annotations'))).to.deep.equal(missing);
    expect(await errorsOf(request(app).patch(`/v1/documents/${UNKNOWN_ID}`).send({}))).to.deep.equal([
      { path: '/body', message: 'must not be empty' },
    ]);
  });

  it('takes only plain decimals for numbers of a query', async () => {
    for (const page of [
      'Infinity',
      '-Infinity',
      'NaN',
      '1e3',
      '1e400',
      '0x10',
      '%201',
      '1.5',
      '',
      '9'.repeat(30),
    ]) {
      const [error] = await errorsOf(request(app).get(`/v1/documents?page=${page}`));
      expect(error, page).to.include({ path: '/query/page' });
    }
    expect(await pathsOf(request(app).get('/v1/documents?page=0&size=101'))).to.deep.equal([
      '/query/page',
      '/query/size',
    ]);
  });

  it('refuses unknown, repeated and structured query parameters', async () => {
    for (const query of [
      'pages=1',
      'page=1&page=2',
      'page[]=1',
      'page[a]=1',
      '__proto__[x]=1',
      'constructor=1',
    ]) {
      await errorsOf(request(app).get(`/v1/documents?${query}`));
    }
    await errorsOf(request(app).get('/healthz?x=1'));
    for (const query of [
      'include_deleted=1',
      'include_deleted=yes',
      'include_deleted=',
      'include_deleted=TRUE',
    ]) {
      expect(await pathsOf(request(app).get(`/v1/documents?${query}`))).to.deep.equal([
        '/query/include_deleted',
      ]);
    }
  });

  it('takes an id that is none as unknown in a path, as wrong in a query or a body', async () => {
    await request(app).get('/v1/annotations/none').expect(404);
    expect(await pathsOf(request(app).get('/v1/annotations?document_id=none'))).to.deep.equal([
      '/query/document_id',
    ]);
    expect(
      await pathsOf(annotation({ document_id: 'none', type: 'text', geometry: { x: 0, y: 0 } })),
    ).to.deep.equal(['/body/document_id']);
  });

  it('counts characters, not code units', async () => {
    const create = (name: string): request.Test => request(app).post('/v1/documents').send({ name });
    await create('👩'.repeat(256)).expect(201);
    await create('👩'.repeat(257)).expect(422);
  });

  it('explains a large body by its first error only', async () => {
    const points = Array.from({ length: 20_000 }, () => ['a', 'b']);
    const errors = await errorsOf(annotation({ type: 'polygon', geometry: { points } }));
    expect(errors.length).to.be.within(1, 3);
  });
});
