import { expect } from 'chai';
import { parseFamily } from '../../../protocol/drawing/font-family.ts';

describe('protocol/drawing/font-family', () => {
  it('takes the first name that is known, however it is written', () => {
    expect(parseFamily('Papyrus, "Noto Serif", monospace')).to.equal('serif');
    expect(parseFamily(' MONOSPACE ')).to.equal('mono');
  });

  it('takes sans for every other name, also one that all objects have', () => {
    for (const name of ['Papyrus', '', 'constructor', '__proto__', 'toString']) {
      expect(parseFamily(name), name).to.equal('sans');
    }
  });
});
