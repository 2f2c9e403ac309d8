import { expect } from 'chai';
import { parseRoomQuery } from '../../http/sockets/room-query.ts';
import { REFUSED_QUERIES } from './refused-queries.ts';

const parse = (query: Record<string, string>) => parseRoomQuery(new Map(Object.entries(query)));

describe('the query of the room door', () => {
  it('says who comes; anonymous where it does not', () => {
    expect(parse({})).to.deep.equal({ userId: 'anonymous', displayName: 'anonymous' });
    expect(parse({ userId: '', displayName: '' })).to.deep.equal({
      userId: 'anonymous',
      displayName: 'anonymous',
    });
    expect(parse({ userId: 'ann' })).to.deep.equal({ userId: 'ann', displayName: 'ann' });
    expect(parse({ userId: 'ann', displayName: 'Ann' }).displayName).to.equal('Ann');
  });

  it('says where to go on', () => {
    expect(parse({ lastSeq: '' })).to.not.have.property('lastSeq');
    expect(parse({ lastSeq: '0' }).lastSeq).to.equal(0);
    expect(parse({ lastSeq: '9007199254740991' }).lastSeq).to.equal(Number.MAX_SAFE_INTEGER);
  });

  it('is refused where it cannot be meant', () => {
    for (const query of [...REFUSED_QUERIES, { roomId: 'x' }]) {
      expect(() => parse(query), JSON.stringify(query)).to.throw(/^\/query\//);
    }
  });
});
