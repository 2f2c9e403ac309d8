/**
 * Writes what is made of the contracts: the types of openapi.yaml and asyncapi.yaml in protocol/generated/, and
 * docs/ERRORS.md. With --check nothing is written; it fails where a file is not what it would write.
 *
 *   node tools/generate.mjs [--check]
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');
const readYaml = (name) => parse(readFileSync(join(root, name), 'utf8'));

/** A property with a default may be absent in a request: the handler sees what the caller sent. */
const OPTIONS = { defaultNonNullable: false, silent: true };

const headerOf = (source) => `/**
 * Generated from ${source} by tools/generate.mjs: do not edit.
 */

`;

async function openapiTypes() {
  return headerOf('openapi.yaml') + astToString(await openapiTS(readYaml('openapi.yaml'), OPTIONS));
}

const FOREIGN = /^(?:\.\/)?openapi\.yaml#\/components\/schemas\/(.+)$/;
const SHARED = 'x-shared-type';

/** References into openapi.yaml become references to its generated types: one definition, one type. */
function shareTypes(node) {
  if (Array.isArray(node)) return node.map(shareTypes);
  if (typeof node !== 'object' || node === null) return node;
  const name = typeof node.$ref === 'string' ? FOREIGN.exec(node.$ref)?.[1] : undefined;
  if (name) return { [SHARED]: name, ...(node.description && { description: node.description }) };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shareTypes(value)]));
}

function sharedType(schema) {
  const name = schema[SHARED];
  if (name === undefined) return undefined;
  const literal = (text) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(text));
  const shared = ts.factory.createTypeReferenceNode('Contract');
  return ts.factory.createIndexedAccessTypeNode(
    ts.factory.createIndexedAccessTypeNode(shared, literal('schemas')),
    literal(name),
  );
}

async function asyncapiTypes() {
  const { info, components } = readYaml('asyncapi.yaml');
  const known = readYaml('openapi.yaml').components.schemas;
  const schemas = shareTypes(components.schemas);
  const missing = [...JSON.stringify(schemas).matchAll(new RegExp(`"${SHARED}":"([^"]+)"`, 'g'))].filter(
    ([, name]) => !known[name],
  );
  if (missing.length > 0)
    throw new Error(
      `asyncapi.yaml refers to what openapi.yaml does not have: ${missing.map(([, name]) => name)}`,
    );
  const document = { openapi: '3.1.0', info, paths: {}, components: { schemas } };
  const types = astToString(await openapiTS(document, { ...OPTIONS, transform: sharedType }));
  const start = types.indexOf('export interface components');
  const end = types.indexOf('export type $defs');
  if (start < 0 || end < 0)
    throw new Error('openapi-typescript writes its types in another way than this script knows');
  return `${headerOf('asyncapi.yaml')}import type { components as Contract } from './openapi.ts';\n\n${types.slice(start, end)}`;
}

/** Runs the product's own function, compiled into a folder that is thrown away. */
async function errorsDocument() {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-generate-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const name of ['protocol/problem-table', 'http/errors-document']) {
      const { outputText } = ts.transpileModule(readFileSync(join(root, `${name}.ts`), 'utf8'), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          rewriteRelativeImportExtensions: true,
        },
      });
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, `${name}.js`), outputText);
    }
    const module = await import(pathToFileURL(join(folder, 'http/errors-document.js')).href);
    return module.errorsDocument();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const outputs = {
  'protocol/generated/openapi.ts': await openapiTypes(),
  'protocol/generated/asyncapi.ts': await asyncapiTypes(),
  'docs/ERRORS.md': await errorsDocument(),
};

let stale = 0;
for (const [name, text] of Object.entries(outputs)) {
  const path = join(root, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale += 1;
  if (isCheck) {
    console.error(`${name} is not what the contracts say: run \`make generate\``);
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${name}`);
  }
}
if (isCheck && stale > 0) process.exitCode = 1;
