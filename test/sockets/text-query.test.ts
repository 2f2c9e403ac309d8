import { expect } from 'chai';
import { parseTextQuery } from '../../http/sockets/text-query.ts';
import { REFUSED_QUERIES } from './refused-queries.ts';

const parse = (query: Record<string, string>) => parseTextQuery(new Map(Object.entries(query)));

describe('the query of the text door', () => {
  it('[TEXT-3] names who comes, or nobody yet', () => {
    expect(parse({})).to.deep.equal({});
    expect(parse({ userId: '', displayName: '', lastSeq: '' })).to.deep.equal({});
    expect(parse({ userId: 'ann' })).to.deep.equal({ visitor: { userId: 'ann', displayName: 'ann' } });
    expect(parse({ userId: 'ann', displayName: 'Ann' }).visitor?.displayName).to.equal('Ann');
    expect(parse({ displayName: 'Ann' }).visitor).to.deep.equal({ userId: 'anonymous', displayName: 'Ann' });
  });

  it('[TEXT-7] says where to go on', () => {
    expect(parse({ lastSeq: '0' })).to.deep.equal({ lastSeq: 0 });
    expect(parse({ lastSeq: '9007199254740991' }).lastSeq).to.equal(Number.MAX_SAFE_INTEGER);
  });

  it('is refused where it cannot be meant', () => {
    for (const query of REFUSED_QUERIES) {
      expect(() => parse(query), JSON.stringify(query)).to.throw(/^\/query\//);
    }
    expect(parse({ userId: '😀'.repeat(128) }).visitor).to.not.equal(undefined);
  });
});
