import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { OperationLog } from '../../actors/operation-log.ts';
import { contentOf, openSnapshot, seal, sealPlain } from '../../actors/snapshot-envelope.ts';
import type { OperationId } from '../../protocol/ids.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'opened',
    (error: Error) => error.message,
  );

function log(): OperationLog {
  const operations = new OperationLog();
  operations.add('op 1' as OperationId, { type: 'add', seq: 1, at: 1_700_000_000_000, answer: 1 });
  return operations;
}

describe('the envelope of a snapshot', () => {
  it('has a layout that changes only with its number', async () => {
    const content = contentOf(Buffer.from('s'), log());
    expect(hex(sealPlain(content))).to.equal('020012046f702031036164640180d095ffbc317d0173');
    expect(hex(await seal(content))).to.equal(hex(sealPlain(content)));
  });

  it('[DOC-6] is read in every layout that was ever written', async () => {
    for (const [written, state] of [
      ['0101046f702031036164640180d095ffbc317d0173', 's'], // 1
      ['020012046f702031036164640180d095ffbc317d0173', 's'], // 2, plain
      [
        // 2, Brotli
        '02019380040b098012046f702031036164640180d095ffbc317d01f8ff0700628e0de0c0359cd46603b80087e5db7b0003',
        's'.repeat(64 * 1024),
      ],
    ] as const) {
      const opened = await openSnapshot(Buffer.from(written, 'hex'));
      expect(Buffer.from(opened.state).toString()).to.equal(state);
      expect([...((await opened.operations())?.entries() ?? [])]).to.deep.equal([...log().entries()]);
    }
  });

  it('compresses what is large, and gives it back as it was', async () => {
    const picture = new Uint8Array(3_000_000);
    for (let i = 0; i < picture.length; i += 1_000) picture[i] = i;
    const sealed = await seal(contentOf(picture, log()));
    expect(sealed.length).to.be.lessThan(picture.length / 50);
    const { state, operations } = await openSnapshot(sealed);
    expect(Buffer.compare(state, picture)).to.equal(0);
    expect((await operations())?.get('op 1' as OperationId)?.answer).to.equal(1);
  });

  it('leaves what is small as it is, and takes what cannot be compressed', async () => {
    for (const size of [0, 1, 60 * 1024, 64 * 1024, 1_500_000]) {
      const noise = randomBytes(size);
      const sealed = await seal(contentOf(noise, undefined));
      expect(sealed[1]).to.equal(size < 64 * 1024 ? 0 : 1);
      const { state, operations } = await openSnapshot(sealed);
      expect(Buffer.compare(state, noise)).to.equal(0);
      expect(await operations()).to.equal(undefined);
    }
  });

  it('is not opened where it comes from a newer server, or is damaged', async () => {
    expect(await failure(openSnapshot(Uint8Array.of(99)))).to.match(/layout 99/);
    expect(await failure(openSnapshot(Uint8Array.of(2, 7)))).to.match(/layout 2\.7/);
    const sealed = await seal(contentOf(new Uint8Array(100_000), undefined));
    expect(await failure(openSnapshot(sealed.subarray(0, sealed.length - 2)))).not.to.equal('opened');
  });
});
