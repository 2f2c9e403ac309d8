import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer as createRawServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { createImageFetcher, type ImageFetchOptions } from '../../render/image-fetch.ts';
import { codeOf, ImageFetchHost, PIXELS } from './image-fetch-host.ts';

const messageOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fetched',
    (error: unknown) => String(error),
  );

const never: Promise<readonly LookupAddress[]> = new Promise(() => undefined);

describe('the image fetcher', () => {
  let host: ImageFetchHost;
  beforeEach(async () => {
    host = await ImageFetchHost.start();
  });
  afterEach(() => host.stop());

  it('gives the bytes of an image', async () => {
    const bytes = await host.fetcher().fetch(host.url('/a.png?b=c#d'));
    expect(Buffer.from(bytes)).to.deep.equal(PIXELS);
    expect(bytes.buffer.byteLength).to.equal(PIXELS.length);
    expect(host.asked).to.deep.equal(['/a.png?b=c']);
  });

  it('sends no cookie, no credentials and no referrer, and asks for bytes that are not packed', async () => {
    let headers: object = {};
    host.answer = (request, response) => {
      headers = request.headers;
      response.end();
    };
    await host.fetcher().fetch(host.url());
    expect(headers).to.deep.equal({
      host: `127.0.0.1:${host.port}`,
      connection: 'close',
      accept: 'image/png, image/jpeg',
      'accept-encoding': 'identity',
      'user-agent': 'troupe',
    });
  });

  it('follows five redirects and not six', async () => {
    host.answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(PIXELS);
      else
        response
          .writeHead([301, 302, 303, 307, 308][left % 5] ?? 302, { location: `/${left - 1}` })
          .end('moved');
    };
    expect(await codeOf(host.fetcher().fetch(host.url('/5')))).to.equal('fetched');
    expect(await codeOf(host.fetcher().fetch(host.url('/6')))).to.equal('image_fetch_failed');
    host.answer = (_request, response) => response.writeHead(302).end();
    expect(await codeOf(host.fetcher().fetch(host.url()))).to.equal('image_fetch_failed');
  });

  it('refuses more bytes than it may take: by the header, or as they come', async () => {
    let written = 0;
    host.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1001' });
      response.write('x');
    };
    expect(await codeOf(host.fetcher({ maxBytes: 1_000 }).fetch(host.url()))).to.equal('image_too_large');
    host.answer = (_request, response) => {
      const more = (): void => {
        if (response.destroyed || written > 50_000_000) return;
        written += 10_000;
        response.write(Buffer.alloc(10_000), more);
      };
      more();
    };
    expect(await codeOf(host.fetcher({ maxBytes: 100_000 }).fetch(host.url()))).to.equal('image_too_large');
    expect(written).to.be.lessThan(50_000_000);
    host.answer = (_request, response) => response.end(Buffer.alloc(1_000));
    expect(await codeOf(host.fetcher({ maxBytes: 1_000 }).fetch(host.url()))).to.equal('fetched');
  });

  it('refuses packed bytes, which may become any number', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip']) {
      host.answer = (_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync(Buffer.alloc(1_000)));
      expect(await codeOf(host.fetcher().fetch(host.url())), encoding).to.equal('image_fetch_failed');
    }
  });

  it('fails where the answer is not 200', async () => {
    for (const status of [201, 204, 206, 304, 400, 401, 404, 500, 503]) {
      host.answer = (_request, response) => response.writeHead(status).end();
      expect(await messageOf(host.fetcher().fetch(host.url()))).to.contain(`answered ${status}`);
    }
  });

  it('fails where an image is cut off', async () => {
    host.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('only this', () => response.destroy());
    };
    expect(await codeOf(host.fetcher().fetch(host.url()))).to.equal('image_fetch_failed');
  });

  it('gives up when its time is over: in the lookup, before the answer, within it, between hops', async () => {
    const late = (options: ImageFetchOptions, address: string, time: AbortController) =>
      messageOf(host.fetcher({ ...options, deadline: () => time.signal }).fetch(address));
    const inLookup = new AbortController();
    const resolve = () => {
      setImmediate(() => inLookup.abort());
      return never;
    };
    expect(await late({ resolve }, 'http://a.example/', inLookup)).to.contain('took too long');

    const silent = new AbortController();
    host.answer = () => silent.abort();
    expect(await late({}, host.url(), silent)).to.contain('took too long');

    const dripping = new AbortController();
    host.answer = (_request, response) => {
      response.write('x', () => dripping.abort());
    };
    expect(await late({}, host.url(), dripping)).to.contain('took too long');

    const redirecting = new AbortController();
    host.answer = (_request, response) => {
      if (host.asked.length > 5) redirecting.abort();
      response.writeHead(302, { location: '/again' }).end();
    };
    expect(await late({}, host.url(), redirecting)).to.contain('took too long');
    const limited = host.fetcher({ timeLimitMs: 5 });
    host.answer = () => undefined;
    expect(await messageOf(limited.fetch(host.url()))).to.contain('took too long');
  });

  it('ends with the reason of its caller where the caller gives up', async () => {
    const caller = new AbortController();
    host.answer = () => caller.abort(new Error('the export was deleted'));
    expect(await messageOf(host.fetcher().fetch(host.url(), caller.signal))).to.equal(
      'Error: the export was deleted',
    );
    expect(await messageOf(host.fetcher().fetch(host.url(), caller.signal))).to.equal(
      'Error: the export was deleted',
    );
  });

  it('says in few words what went wrong, and names no address', async () => {
    const raw = createRawServer((socket) => socket.end('rubbish\r\n\r\n'));
    raw.listen(0, '127.0.0.1');
    await once(raw, 'listening');
    const rawPort = (raw.address() as AddressInfo).port;
    const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND a.example'), { code: 'ENOTFOUND' });
    const messages = [
      await messageOf(createImageFetcher().fetch('http://10.20.30.40/')),
      await messageOf(createImageFetcher({ allowHosts: ['127.0.0.1'] }).fetch('http://127.0.0.1:1/')),
      await messageOf(
        createImageFetcher({ allowHosts: ['127.0.0.1'] }).fetch(`http://127.0.0.1:${rawPort}/`),
      ),
      await messageOf(
        createImageFetcher({ resolve: () => Promise.reject(notFound) }).fetch('http://a.example/'),
      ),
      await messageOf(createImageFetcher({ resolve: async () => [] }).fetch('http://a.example/')),
    ];
    raw.close();
    for (const message of messages) {
      expect(message).to.not.match(/\d+\.\d+|:\d|getaddrinfo|ECONN/);
      expect(message.length).to.be.lessThan(90);
    }
  });

  it('leaves no connection behind', async () => {
    for (let count = 0; count < 5; count += 1) await host.fetcher().fetch(host.url());
    host.answer = (_request, response) => response.writeHead(404).end('x'.repeat(100_000));
    await codeOf(host.fetcher().fetch(host.url()));
    const [server] = host.servers;
    while (
      (await new Promise<number>((resolve) => server?.getConnections((_error, count) => resolve(count)))) > 0
    ) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});
