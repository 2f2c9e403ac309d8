import { expect } from 'chai';
import { loadContract, type Method, type Operation, type OperationName } from '../../http/contract.ts';
import { RouteIndex } from '../../http/route-index.ts';

const operation = (method: Method, template: string): Operation => ({
  name: `${method} ${template}` as OperationName,
  method,
  template,
  tag: 'test',
  parameters: [],
  body: undefined,
  statuses: new Set(),
});

describe('the index of routes', () => {
  it('finds every operation of the contract by its own path', () => {
    const { operations } = loadContract();
    const routes = new RouteIndex({ operations });
    for (const expected of operations) {
      const path = expected.template.replace(/\{[^}]+\}/g, 'x');
      const match = routes.match(expected.method.toUpperCase(), path);
      expect(match.kind === 'found' && match.operation.name).to.equal(expected.name);
    }
  });

  it('decodes path parameters, encoded slashes included', () => {
    const routes = new RouteIndex({ operations: [operation('get', '/a/{x}/{y}')] });
    const match = routes.match('GET', '/a/%C3%A9%2F1/two');
    expect(match.kind === 'found' && match.path).to.deep.equal({ x: 'é/1', y: 'two' });
  });

  it('tells a broken percent-encoding from an unknown path', () => {
    const routes = new RouteIndex({ operations: [operation('get', '/a/{x}')] });
    expect(routes.match('GET', '/a/%ff').kind).to.equal('malformed');
    expect(routes.match('GET', '/b/%ff').kind).to.equal('unknown');
  });

  it('prefers the more exact of two templates', () => {
    const templates = ['/v/{tag}', '/v/{tag}:revert', '/v/latest', '/{kind}/latest'];
    const routes = new RouteIndex({ operations: templates.map((template) => operation('get', template)) });
    const templateOf = (path: string): string | undefined => {
      const match = routes.match('GET', path);
      return match.kind === 'found' ? match.operation.template : undefined;
    };
    expect(templateOf('/v/latest')).to.equal('/v/latest');
    expect(templateOf('/v/one:revert')).to.equal('/v/{tag}:revert');
    expect(templateOf('/v/one')).to.equal('/v/{tag}');
    expect(templateOf('/v/a:b:revert')).to.equal('/v/{tag}:revert');
    expect(templateOf('/v/one%3arevert')).to.equal('/v/{tag}:revert');
    expect(templateOf('/v/one%253Arevert')).to.equal('/v/{tag}');
    expect(templateOf('/w/latest')).to.equal('/{kind}/latest');
  });

  it('takes letters, slashes and dots of a path literally', () => {
    const routes = new RouteIndex({ operations: [operation('get', '/debug/actors.json')] });
    const kinds = [
      '/debug/actors.json',
      '/Debug/actors.json',
      '/debug/actorsXjson',
      '/debug/actors.json/',
    ].map((path) => routes.match('GET', path).kind);
    expect(kinds).to.deep.equal(['found', 'unknown', 'unknown', 'unknown']);
  });

  it('answers HEAD by GET and tells which methods a path has', () => {
    const routes = new RouteIndex({
      operations: [operation('get', '/a'), operation('post', '/a'), operation('post', '/b')],
    });
    expect(routes.match('HEAD', '/a').kind).to.equal('found');
    expect(routes.match('HEAD', '/b')).to.deep.equal({ kind: 'other method', allow: 'POST, OPTIONS' });
    expect(routes.match('PATCH', '/a')).to.deep.equal({
      kind: 'other method',
      allow: 'GET, POST, HEAD, OPTIONS',
    });
  });
});
