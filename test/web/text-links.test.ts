import { expect } from 'chai';
import fc from 'fast-check';
import { hrefOf, isSafeHref } from '../../web/text/safe-link.ts';
import { lengthOf } from '../../web/text/word-count.ts';

describe('links of a text', () => {
  it('lead to what was meant', () => {
    expect(hrefOf('example.com')).to.equal('https://example.com/');
    expect(hrefOf(' https://example.com/a?b#c ')).to.equal('https://example.com/a?b#c');
    expect(hrefOf('example.com:8080/x')).to.equal('https://example.com:8080/x');
    expect(hrefOf('localhost:3000')).to.equal('https://localhost:3000/');
    expect(hrefOf('//example.com')).to.equal('https://example.com/');
    expect(hrefOf('ann@example.com')).to.equal('mailto:ann@example.com');
    expect(hrefOf('mailto:ann@example.com')).to.equal('mailto:ann@example.com');
    expect(hrefOf('tel:+441234')).to.equal('tel:+441234');
    expect(hrefOf('/texts/1')).to.equal('/texts/1');
    expect(hrefOf('#place')).to.equal('#place');
  });

  it('are none where nothing can be meant', () => {
    for (const typed of ['', '  ', 'two words', 'word', 'https://', 'ftp://example.com', '/\\example.com']) {
      expect(hrefOf(typed), typed).to.equal(undefined);
    }
  });

  it('never act in the name of the reader', () => {
    const bad = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      ' javascript:alert(1)',
      'vbscript:x',
      'data:text/html,<script>1</script>',
      'file:///etc/passwd',
      'blob:https://example.com/1',
      '//example.com',
      '/\\example.com',
      'https://exa\tmple.com',
    ];
    for (const href of bad) expect(isSafeHref(href), href).to.equal(false);
    for (const href of bad) {
      const made = hrefOf(href);
      if (made !== undefined) expect(made, href).to.match(/^(https?|mailto|tel):/);
    }
  });

  it('what is made of any words is safe, or no link', () => {
    const scheme = fc.constantFrom('javascript', 'data', 'http', 'https', 'mailto', 'x', '');
    fc.assert(
      fc.property(scheme, fc.string(), (name, rest) => {
        const href = hrefOf(name === '' ? rest : `${name}:${rest}`);
        if (href === undefined) return;
        expect(isSafeHref(href)).to.equal(true);
        const { protocol } = new URL(href, 'https://here.example');
        expect(['http:', 'https:', 'mailto:', 'tel:']).to.include(protocol);
      }),
    );
  });
});

describe('the length of a text', () => {
  it('is counted as people count', () => {
    expect(lengthOf('')).to.deep.equal({ words: 0, characters: 0 });
    expect(lengthOf('One two\nthree.')).to.deep.equal({ words: 3, characters: 13 });
    expect(lengthOf("It's a well-known 3.14 – isn’t it?").words).to.equal(6);
    expect(lengthOf('🚢🚢').characters).to.equal(2);
    expect(lengthOf('日本語').words).to.equal(3);
    expect(lengthOf('naïve cafe\u0301').words).to.equal(2);
  });
});
