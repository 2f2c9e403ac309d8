import { expect } from 'chai';
import type { OperationId } from '../../protocol/ids.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';

const add = (by = 1) => ({ type: 'add', by }) as const;

describe('a document actor', () => {
  it('[DOC-1] gives each event the next seq, without a gap, however many arrive at once', async () => {
    const { documents } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    const done = await Promise.all(Array.from({ length: 500 }, () => counter.execute(add(), ALICE)));
    expect(done.map(({ seq }) => seq)).to.deep.equal(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(await counter.query({ type: 'value' })).to.equal(500);
  });

  it('[DOC-7] answers a bad command with a problem and stays as it was', async () => {
    const { documents, crashes } = createRuntime();
    const counter = documents.open('counter', newDocumentId());
    await counter.execute(add(), ALICE);
    const problem = await counter.execute(add(0), ALICE).catch((error) => error);
    expect(problem).to.include({ code: 'invalid' });
    expect(await counter.head()).to.equal(1);
    expect(crashes).to.be.empty;
  });

  it('[DOC-3] does a repeated operation once, also after a restart', async () => {
    const first = createRuntime();
    const id = newDocumentId();
    const once = { ...ALICE, operationId: 'op-1' as OperationId };
    const answer = await first.documents.open('counter', id).execute(add(5), once);
    await first.documents.open('counter', id).execute(add(1), ALICE);
    expect(await first.documents.open('counter', id).execute(add(5), once)).to.deep.equal(answer);
    const second = first.restarted();
    expect(await second.documents.open('counter', id).execute(add(5), once)).to.deep.equal(answer);
    expect(await second.documents.open('counter', id).query({ type: 'value' })).to.equal(6);
  });
});
