import { expect } from 'chai';
import { Admission, type AdmissionOptions } from '../../render/admission.ts';
import { rejectedCode } from './problem-code.ts';

const MANY = 1000;

/** Lets jobs of given sizes in; tells which have entered, and gives back their places by index. */
function entering(
  options: Partial<AdmissionOptions>,
  sizes: readonly number[],
): { admission: Admission; entered: number[]; leave: (index: number) => Promise<void> } {
  const admission = new Admission({ slots: MANY, bytes: MANY, waiting: MANY, ...options });
  const entered: number[] = [];
  const places = sizes.map(async (bytes, index) => {
    const release = await admission.enter(bytes, new AbortController().signal);
    entered.push(index);
    return release;
  });
  const leave = async (index: number): Promise<void> => {
    (await places[index])?.();
    await settled();
  };
  return { admission, entered, leave };
}

/** Everything that can happen without anyone leaving has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('render/admission', () => {
  it('lets as many jobs in as there are slots', async () => {
    const { entered, leave } = entering({ slots: 2 }, [1, 1, 1]);
    await settled();
    expect(entered).to.deep.equal([0, 1]);
    await leave(0);
    expect(entered).to.deep.equal([0, 1, 2]);
  });

  it('never lets jobs in that need more memory together than there is', async () => {
    const { entered, leave } = entering({ bytes: 100 }, [60, 40, 30, 70]);
    await settled();
    expect(entered).to.deep.equal([0, 1]);
    await leave(0);
    expect(entered).to.deep.equal([0, 1, 2]);
    await leave(1);
    expect(entered).to.deep.equal([0, 1, 2, 3]);
  });

  it('lets a job over the whole budget run, alone', async () => {
    const { entered, leave } = entering({ bytes: 100 }, [10, 500, 10]);
    await settled();
    expect(entered).to.deep.equal([0]);
    await leave(0);
    expect(entered).to.deep.equal([0, 1]);
    await leave(1);
    expect(entered).to.deep.equal([0, 1, 2]);
  });

  it('keeps the order: small jobs do not overtake a large one for ever', async () => {
    const { entered, leave } = entering({ bytes: 100 }, [80, 90, 5]);
    await settled();
    expect(entered).to.deep.equal([0]);
    await leave(0);
    expect(entered).to.deep.equal([0, 1, 2]);
  });

  it('refuses more waiting jobs than it may keep', async () => {
    const { admission } = entering({ slots: 1, waiting: 1 }, [1, 1]);
    await settled();
    expect(await rejectedCode(admission.enter(1, new AbortController().signal))).to.equal('overloaded');
  });

  it('forgets a job that gives up while it waits, and lets in what waited behind it', async () => {
    const { admission, entered } = entering({ bytes: 100 }, [50]);
    await settled();
    const caller = new AbortController();
    const large = admission.enter(90, caller.signal).catch((error: unknown) => error);
    const small = admission.enter(10, new AbortController().signal).then(() => entered.push(1));
    await settled();
    expect(entered).to.deep.equal([0]);
    const reason = new Error('no longer wanted');
    caller.abort(reason);
    await small;
    expect(await large).to.equal(reason);
    expect(entered).to.deep.equal([0, 1]);
  });
});
