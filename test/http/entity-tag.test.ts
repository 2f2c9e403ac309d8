import { expect } from 'chai';
import { headerText } from '../../http/caller.ts';
import { expectedVersion, isNotModified, versionTag } from '../../http/entity-tag.ts';
import { Problem } from '../../protocol/problem.ts';

describe('the tag of an entity', () => {
  it('is its version in quotes', () => {
    expect(versionTag(7)).to.equal('"7"');
  });

  it('makes a change conditional, from the header or from the body', () => {
    expect(expectedVersion('"7"', undefined)).to.equal(7);
    expect(expectedVersion('W/"7"', undefined)).to.equal(7);
    expect(expectedVersion(undefined, 7)).to.equal(7);
    expect(expectedVersion('"7"', 7)).to.equal(7);
  });

  it('asks for nothing where there is none, or any will do', () => {
    expect(expectedVersion(undefined, undefined)).to.equal(undefined);
    expect(expectedVersion('*', undefined)).to.equal(undefined);
    expect(expectedVersion('*', 3)).to.equal(3);
  });

  it('cannot be two versions at once', () => {
    expect(() => expectedVersion('"7"', 8))
      .to.throw(Problem)
      .with.property('code', 'invalid');
  });

  it('saves sending what the caller has', () => {
    expect(isNotModified(undefined, '"7"')).to.equal(false);
    expect(isNotModified('"7"', '"7"')).to.equal(true);
    expect(isNotModified('W/"7"', '"7"')).to.equal(true);
    expect(isNotModified('"6", W/"7" , "8"', '"7"')).to.equal(true);
    expect(isNotModified('*', '"7"')).to.equal(true);
    expect(isNotModified('"70"', '"7"')).to.equal(false);
    expect(isNotModified('7', '"7"')).to.equal(false);
  });
});

describe('the text of a header', () => {
  const sent = (bytes: Buffer): string => bytes.toString('latin1');

  it('is read as UTF-8 where it is UTF-8', () => {
    expect(headerText(sent(Buffer.from('Zoë 漢 👩')))).to.equal('Zoë 漢 👩');
  });

  it('is read as Latin-1 where it is not', () => {
    expect(headerText(sent(Buffer.from('Zoë', 'latin1')))).to.equal('Zoë');
  });
});
