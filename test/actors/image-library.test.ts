import { expect } from 'chai';
import { IMAGE_BYTES_LIMIT, ImageLibrary, INLINE_URL_LIMIT } from '../../actors/image-library.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { MemoryStore } from '../../storage/memory-store.ts';

const HEADER = { mime: 'image/png', width: 3, height: 2 } as const;
const ID = '0b5c2a34-6d1c-4d3e-8f00-0123456789ab' as DocumentId;
const dataUrl = (bytes: Buffer): string => `data:image/png;base64,${bytes.toString('base64')}`;

function library(fetch: (url: string) => Promise<Uint8Array> = () => Promise.reject(new Error('no fetch'))) {
  const inspect = (bytes: Uint8Array) => {
    if (bytes[0] !== 0x89) throw new Problem('image_unsupported', 'not a PNG');
    return HEADER;
  };
  return new ImageLibrary({ blobs: new MemoryStore().blobs, inspect, fetch });
}

const refusal = (promise: Promise<unknown>): Promise<Problem> =>
  promise.then(
    () => expect.fail('accepted'),
    (error: Problem) => error,
  );

describe('the image library', () => {
  it('keeps the bytes of a data: URL and answers a short one as it was given', async () => {
    const images = library();
    const url = dataUrl(Buffer.from([0x89, 1, 2]));
    const image = await images.accept(url, undefined);
    expect(image).to.deep.include({ kind: 'blob', inline: url });
    if (image?.kind !== 'blob') return expect.fail('not kept');
    expect(image.blob).to.include({ ...HEADER, bytes: 3 });
    expect([...(await images.get(image.blob))]).to.deep.equal([0x89, 1, 2]);
  });

  it('answers a long data: URL by reference', async () => {
    const image = await library().accept(dataUrl(Buffer.alloc(INLINE_URL_LIMIT, 0x89)), undefined);
    expect(image).to.have.property('kind', 'blob');
    expect(image).not.to.have.property('inline');
  });

  it('takes the path of the image that the document has as no change, and no other path', async () => {
    const images = library();
    expect(await images.accept(`/v1/rooms/${ID}/image`, ID)).to.equal(undefined);
    expect(await images.accept(null, ID)).to.equal(null);
    expect(await refusal(images.accept('/v1/rooms/other/image', ID))).to.include({ code: 'invalid' });
  });

  it('refuses what is no image, no base64, or too much, and names the field', async () => {
    const images = library();
    const path = [{ path: '/body/image_url' }];
    for (const [url, code] of [
      [dataUrl(Buffer.from('GIF89a')), 'image_unsupported'],
      ['data:image/png;base64,iV=B', 'invalid'],
      ['data:image/png;base64,iVB', 'invalid'],
      [dataUrl(Buffer.alloc(IMAGE_BYTES_LIMIT + 1, 0x89)), 'image_too_large'],
      ['https://user:secret@example.com/a.png', 'invalid'],
      ['http://[', 'invalid'],
      ['ftp://example.com/a.png', 'invalid'],
    ] as const) {
      const problem = await refusal(images.accept(url, undefined));
      expect(problem, url.slice(0, 40)).to.include({ code });
      expect(problem.errors?.map(({ path }) => ({ path }))).to.deep.equal(path);
    }
  });

  it('fetches an address once for all who want it at the same time, and keeps what it got', async () => {
    const fetched: string[] = [];
    const images = library(async (url) => {
      fetched.push(url);
      return Uint8Array.of(0x89, 7);
    });
    const image = { kind: 'url', url: 'https://example.com/a.png' } as const;
    const { signal } = new AbortController();
    const [one, other] = await Promise.all([images.load(image, signal), images.load(image, signal)]);
    expect(fetched).to.deep.equal(['https://example.com/a.png']);
    expect(one).to.equal(other);
    const copy = await images.load({ ...image, copy: one.blob }, signal);
    expect([...copy.bytes]).to.deep.equal([0x89, 7]);
    expect(fetched).to.have.length(1);
  });

  it('tries again after a fetch that failed', async () => {
    let failing = true;
    const images = library(async () => {
      if (failing) throw new Problem('image_fetch_failed', 'no route');
      return Uint8Array.of(0x89);
    });
    const image = { kind: 'url', url: 'https://example.com/a.png' } as const;
    const { signal } = new AbortController();
    expect(await refusal(images.load(image, signal))).to.include({ code: 'image_fetch_failed' });
    failing = false;
    expect((await images.load(image, signal)).blob.width).to.equal(3);
  });
});
