import { expect } from 'chai';
import fc from 'fast-check';
import { ImageForm } from '../../http/image-form.ts';
import { Problem } from '../../protocol/problem.ts';

const BOUNDARY = 'x--y';
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
/** Holds what looks like the beginning of a boundary. */
const CONTENT = Buffer.from(`a\r\n--${BOUNDARY.slice(0, 3)}\r\n\r\n--\0\xff`, 'latin1');
const WHOLE = Buffer.concat([
  Buffer.from(`preamble\r\n--${BOUNDARY}\r\n`),
  Buffer.from('Content-Disposition: form-data; name="image"; filename="a.png"\r\n'),
  Buffer.from('Content-Type: image/png\r\n\r\n'),
  CONTENT,
  Buffer.from(`\r\n--${BOUNDARY}--\r\nepilogue`),
]);

/** All that a form of these pieces tells. */
async function toldOf(pieces: readonly Buffer[]): Promise<(Buffer | Problem)[]> {
  const told: (Buffer | Problem)[] = [];
  const first = new Promise<void>((resolve) => {
    const tell = (what: Buffer | Problem): void => {
      told.push(what);
      resolve();
    };
    const form = new ImageForm(TYPE, { onImage: tell, onProblem: tell });
    for (const piece of pieces) form.write(piece);
    form.end();
  });
  await first;
  await new Promise((resolve) => setImmediate(resolve));
  return told;
}

const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
};

describe('a form with an image', () => {
  const cuts = fc.array(fc.nat(WHOLE.length), { maxLength: 6 });

  it('gives the same image, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const [image, ...more] = await toldOf(pieces(WHOLE, at));
        expect(more).to.deep.equal([]);
        expect(image instanceof Buffer && image.equals(CONTENT)).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it('[HTTP-2] tells one thing once and harms nobody, whatever is done to it', async () => {
    const damage = fc.array(
      fc.record({
        at: fc.nat(WHOLE.length - 1),
        remove: fc.nat(40),
        insert: fc.oneof(
          fc.constantFrom('\r\n', '--', `\r\n--${BOUNDARY}\r\n`, '"', ':', 'Content-Disposition: form-data'),
          fc.string({ maxLength: 5 }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(damage, cuts, async (damages, at) => {
        const broken = damages.reduce(
          (bytes, { at: place, remove, insert }) =>
            Buffer.concat([bytes.subarray(0, place), Buffer.from(insert), bytes.subarray(place + remove)]),
          WHOLE,
        );
        const told = await toldOf(pieces(broken, at));
        expect(told).to.have.length(1);
        const [what] = told;
        if (what instanceof Problem) expect(['malformed_request', 'invalid']).to.include(what.code);
      }),
      { numRuns: 500 },
    );
  });
});
