import { expect } from 'chai';
import { parseQuery } from '../../http/sockets/query.ts';
import { parseRealtimeQuery } from '../../http/sockets/realtime-query.ts';
import { Problem } from '../../protocol/problem.ts';
import { DOCUMENT_ID } from './harness.ts';

const parse = (query: string) => parseRealtimeQuery(parseQuery(query));

const problemOf = (query: string): string => {
  try {
    parse(query);
  } catch (error) {
    if (error instanceof Problem) return `${error.code} ${error.errors?.[0]?.path ?? ''}`.trim();
  }
  return 'none';
};

const withDocument = (rest: string): string => `document_id=${DOCUMENT_ID}&${rest}`;

describe('the query of a realtime handshake', () => {
  it('names somebody who does not say who it is anonymous', () => {
    expect(parse(`document_id=${DOCUMENT_ID}`)).to.deep.equal({
      documentId: DOCUMENT_ID,
      userId: 'anonymous',
      displayName: 'anonymous',
    });
    expect(parse(withDocument('user_id=&display_name=')).userId).to.equal('anonymous');
  });

  it('decodes names, and shows the user id where there is no display name', () => {
    expect(parse(withDocument('user_id=J%C3%B6rg+M.')).displayName).to.equal('Jörg M.');
    expect(parse(withDocument('user_id=a&display_name=%F0%9F%90%99%20B')).displayName).to.equal('🐙 B');
  });

  it('compares document ids in lower case', () => {
    expect(parse(`document_id=${DOCUMENT_ID.toUpperCase()}`).documentId).to.equal(DOCUMENT_ID);
  });

  it('counts a name in characters, not in halves of them', () => {
    expect(problemOf(withDocument(`user_id=${encodeURIComponent('🐙'.repeat(128))}`))).to.equal('none');
    expect(problemOf(withDocument(`display_name=${'x'.repeat(129)}`))).to.equal(
      'invalid /query/display_name',
    );
  });

  it('takes a last seq from 0 to the greatest safe integer', () => {
    expect(parse(withDocument('last_seq=0')).lastSeq).to.equal(0);
    expect(parse(withDocument('last_seq=9007199254740991')).lastSeq).to.equal(Number.MAX_SAFE_INTEGER);
    for (const bad of [
      '',
      '-1',
      '1.5',
      '1e3',
      '0x10',
      ' 1',
      'NaN',
      'Infinity',
      '9007199254740993',
      '9'.repeat(400),
    ]) {
      const query = withDocument(`last_seq=${encodeURIComponent(bad)}`);
      expect(problemOf(query), bad).to.equal('invalid /query/last_seq');
    }
  });

  it('refuses what is missing, repeated, unknown or not printable', () => {
    expect(problemOf('')).to.equal('invalid /query/document_id');
    expect(problemOf('document_id=7')).to.equal('invalid /query/document_id');
    expect(problemOf(withDocument(`document_id=${DOCUMENT_ID}`))).to.equal('invalid /query/document_id');
    expect(problemOf(withDocument('lastSeq=3'))).to.equal('invalid /query/lastSeq');
    expect(problemOf(withDocument('user_id=a%00b'))).to.equal('invalid /query/user_id');
    expect(problemOf(withDocument('user_id=%C2%85'))).to.equal('invalid /query/user_id');
    expect(problemOf(withDocument('user_id=%7F'))).to.equal('invalid /query/user_id');
  });

  it('refuses bytes that are no text: a lone surrogate, a cut character, a broken escape', () => {
    for (const bad of ['%ED%A0%80', '%C3', '%', '%zz', '%E2%82']) {
      expect(problemOf(withDocument(`user_id=${bad}`)), bad).to.equal('malformed_request');
    }
  });
});
