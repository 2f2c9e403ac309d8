import { expect } from 'chai';
import { ByteCache } from '../../actors/byte-cache.ts';

describe('a byte cache', () => {
  const bytes = (count: number): Uint8Array => new Uint8Array(count);

  it('gives up what was not used for longest, and never holds more than its budget', () => {
    const cache = new ByteCache(10);
    cache.put('a', bytes(4));
    cache.put('b', bytes(4));
    cache.get('a');
    cache.put('c', bytes(4));
    expect(cache.get('b')).to.equal(undefined);
    expect(cache.get('a')).to.have.length(4);
    expect(cache.bytes).to.equal(8);
    cache.put('d', bytes(10));
    expect(cache.get('a')).to.equal(undefined);
    expect(cache.bytes).to.equal(10);
  });

  it('keeps nothing that is larger than all of it, and no second copy', () => {
    const cache = new ByteCache(10);
    cache.put('a', bytes(4));
    cache.put('a', bytes(6));
    expect(cache.bytes).to.equal(6);
    cache.put('huge', bytes(11));
    expect(cache.get('huge')).to.equal(undefined);
    expect(cache.get('a')).to.have.length(6);
  });
});
