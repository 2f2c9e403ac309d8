import { expect } from 'chai';
import { loadContract, readPackageFile } from '../../http/contract.ts';
import { errorsDocument } from '../../http/errors-document.ts';
import { statusOf } from '../../http/problem-response.ts';
import { PROBLEM_TABLE } from '../../protocol/problem-table.ts';

describe('the table of problems', () => {
  it('is what docs/ERRORS.md says (`make generate` writes it)', () => {
    expect(readPackageFile('docs/ERRORS.md')).to.equal(errorsDocument());
  });

  it('has HTTP statuses and close codes that there are', () => {
    for (const [code, row] of Object.entries(PROBLEM_TABLE)) {
      expect(code).to.match(/^[a-z]+(_[a-z]+)*$/);
      expect(row.status, code).to.be.within(400, 599);
      if ('close' in row)
        expect(row.close, code).to.satisfy((close: number) => close < 1100 || close >= 4400);
      expect(row.meaning, code).to.match(/\.$/);
    }
  });

  it('has a row for every status that the contract documents, and lists no status without one', () => {
    const known = new Set<number>(Object.values(PROBLEM_TABLE).map((row) => row.status));
    for (const { name, statuses } of loadContract().operations) {
      for (const status of statuses)
        if (status >= 400) expect(known.has(status), `${name} ${status}`).to.equal(true);
    }
  });

  it('lets no operation answer without the statuses that any request can lead to', () => {
    for (const { name, template, statuses, body } of loadContract().operations) {
      const always = [400, statusOf('invalid', template), 500, ...(body ? [413, 415] : [])];
      expect([...statuses], name).to.include.members(always);
    }
  });
});
