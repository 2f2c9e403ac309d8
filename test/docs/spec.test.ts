import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = dirname(fileURLToPath(import.meta.resolve('#package/package.json')));
const RULE = /\[([A-Z]+-\d+)\]/g;

function rulesQuotedIn(folder: string): Map<string, string> {
  const quoted = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    for (const [, title] of readFileSync(path, 'utf8').matchAll(/\bit\(\s*(['"`].*?['"`]),/gs)) {
      for (const [, rule] of (title ?? '').matchAll(RULE)) quoted.set(rule ?? '', path);
    }
  }
  return quoted;
}

describe('docs/SPEC.md', () => {
  const text = readFileSync(join(root, 'docs/SPEC.md'), 'utf8');
  const rules = [...text.matchAll(/^- \*\*\[([A-Z]+-\d+)\]\*\*/gm)].map(([, rule]) => rule ?? '');
  const quoted = rulesQuotedIn(join(root, 'test'));

  it('numbers each rule once', () => {
    expect(rules).to.have.length.above(20);
    expect(new Set(rules).size).to.equal(rules.length);
  });

  it('has every rule that a test title quotes', () => {
    expect([...quoted].filter(([rule]) => !rules.includes(rule))).to.deep.equal([]);
  });

  it('has a test for every rule', () => {
    expect(rules.filter((rule) => !quoted.has(rule))).to.deep.equal([]);
  });
});
