import { expect } from 'chai';
import fc from 'fast-check';
import { base64Length, decodeBase64, encodeBase64 } from '../../http/sockets/base64.ts';

/** The definition: the alphabet, whole padding, and the text that the bytes are written as. */
const isCanonical = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) &&
  Buffer.from(text, 'base64').toString('base64') === text;

describe('base64', () => {
  it('[TEXT-2] gives all bytes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(base64Length(text)).to.equal(bytes.length);
        expect([...(decodeBase64(text) ?? [])]).to.deep.equal([...bytes]);
      }),
    );
  });

  it('[TEXT-2] takes the one text of some bytes and no other', () => {
    const character = fc.constantFrom(...'AQgwEfz09+/=-_ \n\u00e9\u{1f600}');
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
        const text = characters.join('');
        expect(decodeBase64(text) !== undefined, JSON.stringify(text)).to.equal(isCanonical(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('refuses what is almost right', () => {
    for (const text of [
      'A',
      'AA',
      'AAA',
      'AA=',
      'AB==',
      'AAB=',
      'AA==AAAA',
      'AAAA=',
      '====',
      'AA A',
      'AAA\n',
    ])
      expect(decodeBase64(text), text).to.equal(undefined);
    for (const text of ['-AAA', '_AAA', 'AAAA\n', ' AAAA'])
      expect(decodeBase64(text), text).to.equal(undefined);
    expect(decodeBase64('')).to.have.lengthOf(0);
  });
});
