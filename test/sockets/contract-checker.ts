import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** @returns what is wrong with a text frame by a schema of asyncapi.yaml; empty where nothing is */
export function createChecker(schema: string): (frame: unknown) => string {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  for (const name of ['openapi.yaml', 'asyncapi.yaml']) {
    const text = readFileSync(new URL(import.meta.resolve(`#package/${name}`)), 'utf8');
    ajv.addSchema({ $id: `http://contract/${name}`, ...parse(text) });
  }
  const validate = ajv.getSchema(`http://contract/asyncapi.yaml#/components/schemas/${schema}`);
  if (validate === undefined) throw new Error(`asyncapi.yaml has no ${schema}`);
  return (frame) => (validate(frame) === true ? '' : ajv.errorsText(validate.errors));
}
