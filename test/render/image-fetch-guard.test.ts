import type { LookupAddress } from 'node:dns';
import { expect } from 'chai';
import { createImageFetcher } from '../../render/image-fetch.ts';
import { codeOf, ImageFetchHost } from './image-fetch-host.ts';

const never: Promise<readonly LookupAddress[]> = new Promise(() => undefined);

describe('the image fetcher', () => {
  let host: ImageFetchHost;
  beforeEach(async () => {
    host = await ImageFetchHost.start();
  });
  afterEach(() => host.stop());

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
    for (const name of hosts) {
      expect(await codeOf(guarded.fetch(`http://${name}:${host.port}/`)), name).to.equal(
        'image_fetch_refused',
      );
    }
    expect(host.asked).to.deep.equal([]);
  });

  it('refuses names that lead to addresses that are not public', async () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '::1', 'fe80::1', '::ffff:127.0.0.1']) {
      const family = address.includes(':') ? 6 : 4;
      const guarded = createImageFetcher({ resolve: async () => [{ address, family }] });
      const code = await codeOf(guarded.fetch(`http://images.example:${host.port}/`));
      expect(code, address).to.equal('image_fetch_refused');
    }
    expect(await codeOf(createImageFetcher().fetch(`http://localhost:${host.port}/`))).to.equal(
      'image_fetch_refused',
    );
    expect(host.asked).to.deep.equal([]);
  });

  it('refuses a name of which one address among public ones is not', async () => {
    const resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await codeOf(createImageFetcher({ resolve }).fetch(`http://a.example:${host.port}/`))).to.equal(
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
      createImageFetcher({ resolve, deadline: () => time.signal }).fetch(
        `http://rebind.example:${host.port}/`,
      ),
    );
    expect(code).to.equal('image_fetch_failed');
    expect(lookups).to.deep.equal(['rebind.example']);
    expect(host.asked).to.deep.equal([]);
  });

  it('checks each hop: a redirect into the network of the server is refused', async () => {
    const inner = await host.serve((_request, response) => response.end('secret'));
    for (const target of [`http://127.0.0.1:${inner}/`, `//localhost:${inner}/`, `http://[::1]:${inner}/`]) {
      host.answer = (_request, response) => response.writeHead(302, { location: target }).end();
      expect(await codeOf(host.fetcher().fetch(host.url())), target).to.equal('image_fetch_refused');
    }
    for (const target of [
      'file:///etc/passwd',
      'data:image/png;base64,AA==',
      `http://a:b@127.0.0.1:${host.port}/`,
    ]) {
      host.answer = (_request, response) => response.writeHead(302, { location: target }).end();
      expect(await codeOf(host.fetcher().fetch(host.url())), target).to.equal('image_fetch_refused');
    }
  });

  it('looks the name up again for each hop', async () => {
    let lookups = 0;
    host.answer = (_request, response) => response.writeHead(302, { location: '/next' }).end();
    const resolve = async () => {
      lookups += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    };
    await codeOf(
      createImageFetcher({ resolve, allowHosts: [`a.example:${host.port}`] }).fetch(
        `http://a.example:${host.port}/`,
      ),
    );
    expect(lookups).to.equal(6);
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
    expect(await codeOf(open(['Images.Local']).fetch(`http://images.local:${host.port}/`))).to.equal(
      'fetched',
    );
    expect(
      await codeOf(open([` images.local:${host.port} `]).fetch(`http://images.local:${host.port}/`)),
    ).to.equal('fetched');
    expect(await codeOf(open(['images.local:1']).fetch(`http://images.local:${host.port}/`))).to.equal(
      'image_fetch_refused',
    );
    expect(await codeOf(open(['local']).fetch(`http://images.local:${host.port}/`))).to.equal(
      'image_fetch_refused',
    );
    expect(await codeOf(open(['127.0.0.1']).fetch(host.url()))).to.equal('fetched');
  });
});
