import { expect } from 'chai';
import { CrashHistory, reasonOf } from '../../actors/crash-history.ts';
import { newDocumentId } from '../helpers/runtime.ts';

const crash = { at: 0, id: newDocumentId(), kind: 'counter', seq: 3 };

describe('the history of crashes', () => {
  it('[INS-9] keeps the latest hundred, the newest first, and counts all', () => {
    const history = new CrashHistory();
    for (let i = 1; i <= 250; i++) history.add({ ...crash, seq: i }, new Error(`number ${i}`));
    expect(history.total).to.equal(250);
    expect(history.latest).to.have.length(100);
    expect(history.latest[0]).to.deep.equal({ ...crash, seq: 250, no: 250, reason: 'Error: number 250' });
    expect(history.latest.at(-1)?.no).to.equal(151);
  });

  it('[INS-9] shows nothing that an error quotes, and one line of it', () => {
    let error: unknown;
    try {
      JSON.parse('{"password": hunter2}');
    } catch (thrown) {
      error = thrown;
    }
    expect(reasonOf(error))
      .to.match(/^SyntaxError: /)
      .and.not.to.contain('hunter2');
    expect(reasonOf(new TypeError('cannot read "my diary"\n at line 3'))).to.equal(
      'TypeError: cannot read …',
    );
    expect(reasonOf(new Error("it can't be, 'a diary' isn't"))).to.equal("Error: it can't be, … isn't");
    expect(reasonOf(Object.assign(new Error('broke'), { code: 'SQLITE_FULL' }))).to.equal(
      'Error SQLITE_FULL: broke',
    );
    expect(reasonOf('a text')).to.equal('something that is no Error was thrown');
    expect(reasonOf(new Error('x'.repeat(10_000)))).to.have.length(240);
  });
});
