import { expect } from 'chai';
import fc from 'fast-check';
import { freeName, nameProblem } from '../../web/board/versions/version-name.ts';

/** `Tag` of openapi.yaml. */
const TAG = /^(?!\s)[^\p{Cc}\u2028\u2029]{1,64}(?<!\s)$/u;

describe('the name of a version', () => {
  it('is refused in words before the server would refuse it', () => {
    expect(nameProblem('  ', [])).to.match(/Give it a name/);
    expect(nameProblem('x'.repeat(65), [])).to.match(/64/);
    expect(nameProblem('😀'.repeat(64), [])).to.equal(undefined);
    expect(nameProblem('a\u0007b', [])).to.match(/visible/);
    expect(nameProblem(' Draft ', ['Draft'])).to.match(/Another version/);
    expect(nameProblem('Draft 2', ['Draft'])).to.equal(undefined);
  });

  it('is one that the server takes, and free, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), fc.nat(3), (wanted, count) => {
        const taken = new Set<string>();
        for (let i = 0; i <= count; i += 1) {
          const name = freeName(wanted, taken);
          expect(taken.has(name)).to.equal(false);
          expect(name).to.match(TAG);
          taken.add(name);
        }
      }),
    );
  });
});
