import { expect } from 'chai';
import { SharedRuns } from '../../actors/shared-runs.ts';

/** Work that ends when the test says so, and tells how often it was begun. */
class HandWork {
  readonly begun: { resolve: (value: number) => void; reject: (error: unknown) => void }[] = [];

  readonly run = (): Promise<number> =>
    new Promise((resolve, reject) => {
      this.begun.push({ resolve, reject });
    });

  end(value: number): void {
    this.begun.at(-1)?.resolve(value);
  }
}

describe('shared runs', () => {
  it('give those who come while one goes on the one that begins after it', async () => {
    const runs = new SharedRuns<number>();
    const work = new HandWork();
    const first = runs.run('a', work.run);
    const others = [runs.run('a', work.run), runs.run('a', work.run), runs.run('a', work.run)];
    expect(work.begun).to.have.length(1);
    work.end(1);
    expect(await first).to.equal(1);
    await Promise.resolve();
    expect(work.begun).to.have.length(2);
    const later = runs.run('a', work.run);
    work.end(2);
    expect(await Promise.all(others)).to.deep.equal([2, 2, 2]);
    await Promise.resolve();
    work.end(3);
    expect(await later).to.equal(3);
    expect(work.begun).to.have.length(3);
  });

  it('go on after one that fails, which only those hear who share it', async () => {
    const runs = new SharedRuns<number>();
    const work = new HandWork();
    const failing = runs.run('a', work.run).catch((error: Error) => error.message);
    const next = runs.run('a', work.run);
    work.begun[0]?.reject(new Error('no'));
    expect(await failing).to.equal('no');
    await Promise.resolve();
    work.end(2);
    expect(await next).to.equal(2);
    const fresh = runs.run('a', work.run);
    work.end(3);
    expect(await fresh).to.equal(3);
  });

  it('of different keys do not wait for each other', async () => {
    const runs = new SharedRuns<number>();
    const work = new HandWork();
    void runs.run('a', work.run);
    void runs.run('b', work.run);
    expect(work.begun).to.have.length(2);
  });
});
