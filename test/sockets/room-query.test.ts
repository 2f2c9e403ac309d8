import { expect } from 'chai';
import { parseRoomQuery } from '../../http/sockets/room-query.ts';

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
    for (const query of [
      { last_seq: '1' },
      { roomId: 'x' },
      { lastSeq: '-1' },
      { lastSeq: '1.5' },
      { lastSeq: '9007199254740992' },
      { lastSeq: 'x' },
      { userId: 'x'.repeat(129) },
      { userId: 'a\nb' },
      { displayName: '\u0000' },
    ]) {
      expect(() => parse(query), JSON.stringify(query)).to.throw(/^\/query\//);
    }
  });
});
