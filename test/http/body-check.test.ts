import { expect } from 'chai';
import { findOffence, MAX_DEPTH } from '../../http/body-check.ts';

describe('the check of a JSON body', () => {
  it('lets everything pass that the contract could mean', () => {
    const body = { a: [1, -0, 1e308, 'é', '👩‍👩‍👧', null, true, { b: {} }], 'key/with~signs': '' };
    expect(findOffence(body, true)).to.equal(undefined);
    for (const plain of [null, 5, true, 'text', [], {}]) expect(findOffence(plain, true)).to.equal(undefined);
  });

  it('names the place of a lone surrogate, in a text and in a name', () => {
    expect(findOffence({ a: [{ b: 'x\ud800y' }] }, true)).to.deep.equal({
      path: '/body/a/0/b',
      message: 'has a lone surrogate',
    });
    expect(findOffence({ 'n\udfff': 1 }, true)).to.deep.equal({
      path: '/body/n\ufffd',
      message: 'has a lone surrogate in its name',
    });
    expect(findOffence('\ud800', true)).to.deep.equal({ path: '/body', message: 'has a lone surrogate' });
  });

  it('refuses numbers that are not finite', () => {
    expect(findOffence(JSON.parse('{"style":{"mine":1e400}}'), false)).to.deep.equal({
      path: '/body/style/mine',
      message: 'must be a finite number',
    });
  });

  it('refuses __proto__ as a name at any depth', () => {
    const offence = findOffence(JSON.parse('{"style":{"__proto__":{"admin":true}}}'), false);
    expect(offence?.path).to.equal('/body/style/__proto__');
  });

  it('writes a path as a JSON pointer', () => {
    expect(findOffence({ 'a/b~c': Number.POSITIVE_INFINITY }, false)?.path).to.equal('/body/a~1b~0c');
  });

  it('takes what is just deep enough and refuses what is deeper', () => {
    const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(findOffence(nested(MAX_DEPTH), false)).to.equal(undefined);
    expect(findOffence(nested(MAX_DEPTH + 1), false)?.message).to.contain('nested deeper');
  });

  it('does not use the stack for a body of half a million nested arrays', () => {
    const depth = 500_000;
    const offence = findOffence(JSON.parse('['.repeat(depth) + ']'.repeat(depth)), false);
    expect(offence?.message).to.contain('nested deeper');
    expect(offence?.path.length).to.be.at.most(300);
  });
});
