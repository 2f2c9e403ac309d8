import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createRawServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Problem } from '../../protocol/problem.ts';
import { isPublicAddress } from '../../render/image-address.ts';
import { createImageFetcher, type ImageFetchOptions } from '../../render/image-fetch.ts';

const PIXELS = Buffer.from('not really a picture');

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fetched',
    (error: unknown) => (error instanceof Problem ? error.code : `thrown: ${String(error)}`),
  );

const messageOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fetched',
    (error: unknown) => String(error),
  );

const never: Promise<readonly LookupAddress[]> = new Promise(() => undefined);

describe('an address', () => {
  it('is public only where it is a host of the public internet', () => {
    for (const address of [
      '1.1.1.1',
      '8.8.8.8',
      '172.15.0.1',
      '172.32.0.1',
      '2606:4700::1111',
      '2a00:1450::1',
    ]) {
      expect(isPublicAddress(address), address).to.equal(true);
    }
    const refused = [
      '0.0.0.0',
      '0.1.2.3',
      '10.0.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.8',
      '192.0.2.1',
      '192.88.99.1',
      '192.168.1.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:8.8.8.8',
      '::ffff:7f00:1',
      '::8.8.8.8',
      '::808:808',
      '::7f00:1',
      '64:ff9b::808:808',
      '64:ff9b:1::1',
      '100::1',
      '2001::1',
      '2001:db8::1',
      '2001:20::1',
      '2002:808:808::1',
      '3fff::1',
      '5f00::1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
      '4000::1',
      'not an address',
      '',
    ];
    for (const address of refused) expect(isPublicAddress(address), address).to.equal(false);
  });
});

describe('the image fetcher', () => {
  const servers: Server[] = [];
  let answer: RequestListener;
  let asked: string[];
  let port: number;

  async function serve(listener: RequestListener): Promise<number> {
    const server = createServer(listener);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  beforeEach(async () => {
    asked = [];
    answer = (_request, response) => response.end(PIXELS);
    port = await serve((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** May reach the server of the test, by address only. */
  const fetcher = (options: ImageFetchOptions = {}) =>
    createImageFetcher({ allowHosts: [`127.0.0.1:${port}`], ...options });
  const url = (path = '/a.png'): string => `http://127.0.0.1:${port}${path}`;

  it('gives the bytes of an image', async () => {
    const bytes = await fetcher().fetch(url('/a.png?b=c#d'));
    expect(Buffer.from(bytes)).to.deep.equal(PIXELS);
    expect(bytes.buffer.byteLength).to.equal(PIXELS.length);
    expect(asked).to.deep.equal(['/a.png?b=c']);
  });

  it('sends no cookie, no credentials and no referrer, and asks for bytes that are not packed', async () => {
    let headers: object = {};
    answer = (request, response) => {
      headers = request.headers;
      response.end();
    };
    await fetcher().fetch(url());
    expect(headers).to.deep.equal({
      host: `127.0.0.1:${port}`,
      connection: 'close',
      accept: 'image/png, image/jpeg',
      'accept-encoding': 'identity',
      'user-agent': 'troupe',
    });
  });

  it('refuses addresses that are not public, in whatever notation, without connecting', async () => {
    const hosts = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '0x7f.1',
      '127.0.0.1.',
      '127。0。0。1',
      '①②⑦.0.0.1',
      '0.0.0.0',
      '0',
      '10.0.0.1',
      '192.168.0.1',
      '169.254.169.254',
      '100.64.0.1',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::127.0.0.1]',
      '[::7f00:1]',
      '[64:ff9b::7f00:1]',
      '[fe80::1]',
      '[fd00::1]',
      '[2002:7f00:1::]',
      '[2001:db8::1]',
    ];
    const guarded = createImageFetcher();
    for (const host of hosts) {
      expect(await codeOf(guarded.fetch(`http://${host}:${port}/`)), host).to.equal('image_fetch_refused');
    }
    expect(asked).to.deep.equal([]);
  });

  it('refuses names that lead to addresses that are not public', async () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '::1', 'fe80::1', '::ffff:127.0.0.1']) {
      const family = address.includes(':') ? 6 : 4;
      const guarded = createImageFetcher({ resolve: async () => [{ address, family }] });
      const code = await codeOf(guarded.fetch(`http://images.example:${port}/`));
      expect(code, address).to.equal('image_fetch_refused');
    }
    expect(await codeOf(createImageFetcher().fetch(`http://localhost:${port}/`))).to.equal(
      'image_fetch_refused',
    );
    expect(asked).to.deep.equal([]);
  });

  it('refuses a name of which one address among public ones is not', async () => {
    const resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await codeOf(createImageFetcher({ resolve }).fetch(`http://a.example:${port}/`))).to.equal(
      'image_fetch_refused',
    );
  });

  it('connects to the address that it checked, though the name leads elsewhere a moment later', async () => {
    const lookups: string[] = [];
    const time = new AbortController();
    const resolve = async (host: string) => {
      lookups.push(host);
      setImmediate(() => time.abort());
      return [{ address: lookups.length === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }];
    };
    const code = await codeOf(
      createImageFetcher({ resolve, deadline: () => time.signal }).fetch(`http://rebind.example:${port}/`),
    );
    expect(code).to.equal('image_fetch_failed');
    expect(lookups).to.deep.equal(['rebind.example']);
    expect(asked).to.deep.equal([]);
  });

  it('checks each hop: a redirect into the network of the server is refused', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    for (const target of [`http://127.0.0.1:${inner}/`, `//localhost:${inner}/`, `http://[::1]:${inner}/`]) {
      answer = (_request, response) => response.writeHead(302, { location: target }).end();
      expect(await codeOf(fetcher().fetch(url())), target).to.equal('image_fetch_refused');
    }
    for (const target of [
      'file:///etc/passwd',
      'data:image/png;base64,AA==',
      `http://a:b@127.0.0.1:${port}/`,
    ]) {
      answer = (_request, response) => response.writeHead(302, { location: target }).end();
      expect(await codeOf(fetcher().fetch(url())), target).to.equal('image_fetch_refused');
    }
  });

  it('looks the name up again for each hop', async () => {
    let lookups = 0;
    answer = (_request, response) => response.writeHead(302, { location: '/next' }).end();
    const resolve = async () => {
      lookups += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    };
    await codeOf(
      createImageFetcher({ resolve, allowHosts: [`a.example:${port}`] }).fetch(`http://a.example:${port}/`),
    );
    expect(lookups).to.equal(6);
  });

  it('follows five redirects and not six', async () => {
    answer = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end(PIXELS);
      else
        response
          .writeHead([301, 302, 303, 307, 308][left % 5] ?? 302, { location: `/${left - 1}` })
          .end('moved');
    };
    expect(await codeOf(fetcher().fetch(url('/5')))).to.equal('fetched');
    expect(await codeOf(fetcher().fetch(url('/6')))).to.equal('image_fetch_failed');
    answer = (_request, response) => response.writeHead(302).end();
    expect(await codeOf(fetcher().fetch(url()))).to.equal('image_fetch_failed');
  });

  it('takes only http and https, no credentials, and only ports of the web', async () => {
    const guarded = createImageFetcher({ resolve: () => never });
    for (const address of [
      'ftp://example.com/a.png',
      'file:///etc/passwd',
      'gopher://example.com/',
      'data:image/png;base64,AA==',
      'nonsense',
      '',
      'http://user@example.com/',
      'https://user:secret@example.com/',
      'http://example.com:22/',
      'http://example.com:25/',
      'https://example.com:0/',
      'http://example.com:99999/',
      'http://8.8.8.8:53/',
    ]) {
      expect(await codeOf(guarded.fetch(address)), address).to.equal('image_fetch_refused');
    }
  });

  it('reaches private hosts that are allowed, and only on the port that is named', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const open = (allowHosts: string[]) => createImageFetcher({ allowHosts, resolve });
    expect(await codeOf(open(['Images.Local']).fetch(`http://images.local:${port}/`))).to.equal('fetched');
    expect(await codeOf(open([` images.local:${port} `]).fetch(`http://images.local:${port}/`))).to.equal(
      'fetched',
    );
    expect(await codeOf(open(['images.local:1']).fetch(`http://images.local:${port}/`))).to.equal(
      'image_fetch_refused',
    );
    expect(await codeOf(open(['local']).fetch(`http://images.local:${port}/`))).to.equal(
      'image_fetch_refused',
    );
    expect(await codeOf(open(['127.0.0.1']).fetch(url()))).to.equal('fetched');
  });

  it('refuses more bytes than it may take: by the header, or as they come', async () => {
    let written = 0;
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1001' });
      response.write('x');
    };
    expect(await codeOf(fetcher({ maxBytes: 1_000 }).fetch(url()))).to.equal('image_too_large');
    answer = (_request, response) => {
      const more = (): void => {
        if (response.destroyed || written > 50_000_000) return;
        written += 10_000;
        response.write(Buffer.alloc(10_000), more);
      };
      more();
    };
    expect(await codeOf(fetcher({ maxBytes: 100_000 }).fetch(url()))).to.equal('image_too_large');
    expect(written).to.be.lessThan(50_000_000);
    answer = (_request, response) => response.end(Buffer.alloc(1_000));
    expect(await codeOf(fetcher({ maxBytes: 1_000 }).fetch(url()))).to.equal('fetched');
  });

  it('refuses packed bytes, which may become any number', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip']) {
      answer = (_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync(Buffer.alloc(1_000)));
      expect(await codeOf(fetcher().fetch(url())), encoding).to.equal('image_fetch_failed');
    }
  });

  it('fails where the answer is not 200', async () => {
    for (const status of [201, 204, 206, 304, 400, 401, 404, 500, 503]) {
      answer = (_request, response) => response.writeHead(status).end();
      expect(await messageOf(fetcher().fetch(url()))).to.contain(`answered ${status}`);
    }
  });

  it('fails where an image is cut off', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('only this', () => response.destroy());
    };
    expect(await codeOf(fetcher().fetch(url()))).to.equal('image_fetch_failed');
  });

  it('gives up when its time is over: in the lookup, before the answer, within it, between hops', async () => {
    const late = (options: ImageFetchOptions, address: string, time: AbortController) =>
      messageOf(fetcher({ ...options, deadline: () => time.signal }).fetch(address));
    const inLookup = new AbortController();
    const resolve = () => {
      setImmediate(() => inLookup.abort());
      return never;
    };
    expect(await late({ resolve }, 'http://a.example/', inLookup)).to.contain('took too long');

    const silent = new AbortController();
    answer = () => silent.abort();
    expect(await late({}, url(), silent)).to.contain('took too long');

    const dripping = new AbortController();
    answer = (_request, response) => {
      response.write('x', () => dripping.abort());
    };
    expect(await late({}, url(), dripping)).to.contain('took too long');

    const redirecting = new AbortController();
    answer = (_request, response) => {
      if (asked.length > 5) redirecting.abort();
      response.writeHead(302, { location: '/again' }).end();
    };
    expect(await late({}, url(), redirecting)).to.contain('took too long');
    const limited = fetcher({ timeLimitMs: 5 });
    answer = () => undefined;
    expect(await messageOf(limited.fetch(url()))).to.contain('took too long');
  });

  it('ends with the reason of its caller where the caller gives up', async () => {
    const caller = new AbortController();
    answer = () => caller.abort(new Error('the export was deleted'));
    expect(await messageOf(fetcher().fetch(url(), caller.signal))).to.equal('Error: the export was deleted');
    expect(await messageOf(fetcher().fetch(url(), caller.signal))).to.equal('Error: the export was deleted');
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
    for (let count = 0; count < 5; count += 1) await fetcher().fetch(url());
    answer = (_request, response) => response.writeHead(404).end('x'.repeat(100_000));
    await codeOf(fetcher().fetch(url()));
    const [server] = servers;
    while (
      (await new Promise<number>((resolve) => server?.getConnections((_error, count) => resolve(count)))) > 0
    ) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});
