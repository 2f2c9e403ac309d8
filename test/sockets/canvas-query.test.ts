import { expect } from 'chai';
import { parseCanvasQuery } from '../../http/sockets/canvas-query.ts';

const parse = (query: Record<string, string>) => parseCanvasQuery(new Map(Object.entries(query)));

describe('the query of the canvas door', () => {
  it('says who comes, where to go on, and how pixels are to be written', () => {
    expect(parse({})).to.deep.equal({ encoding: 'binary' });
    expect(parse({ token: 'a.b.c', lastSeq: '7', encoding: 'json' })).to.deep.equal({
      token: 'a.b.c',
      lastSeq: 7,
      encoding: 'json',
    });
    expect(parse({ lastSeq: '0' }).lastSeq).to.equal(0);
    expect(parse({ token: '', lastSeq: '', encoding: '' })).to.deep.equal({ encoding: 'binary' });
    expect(parse({ encoding: 'binary' }).encoding).to.equal('binary');
  });

  it('is refused where it cannot be meant', () => {
    for (const query of [
      { last_seq: '1' },
      { userId: 'x' },
      { lastSeq: '-1' },
      { lastSeq: '1.5' },
      { lastSeq: '9007199254740992' },
      { encoding: 'JSON' },
      { encoding: 'msgpack' },
    ]) {
      expect(() => parse(query), JSON.stringify(query)).to.throw(/^\/query\//);
    }
  });
});
