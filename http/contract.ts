import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { operations } from '../protocol/generated/openapi.ts';

/** An `operationId` of openapi.yaml. */
export type OperationName = keyof operations;

export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type Method = (typeof METHODS)[number];

/** A parameter of the contract, as far as the server looks at it itself. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly types: readonly string[];
}

/** One operation of the contract. */
export interface Operation {
  readonly name: OperationName;
  readonly method: Method;
  /** As the contract writes it: `/v1/documents/{id}`. */
  readonly template: string;
  readonly tag: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly mediaTypes: readonly string[] } | undefined;
  /** Every status that the contract lists for it. */
  readonly statuses: ReadonlySet<number>;
}

/** Takes a JSON body; the others that take one take an image. */
export const isJson = ({ body }: Operation): boolean =>
  body?.mediaTypes.includes('application/json') === true;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** openapi.yaml, read once. */
export interface Contract {
  readonly text: string;
  readonly document: JsonObject;
  readonly operations: readonly Operation[];
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a file that lies beside package.json, from the sources as from `dist/`. */
export const readPackageFile = (name: string): string =>
  readFileSync(new URL(import.meta.resolve(`#package/${name}`)), 'utf8');

/** Follows a local `$ref`; anything else is given back as it is. */
export function dereference(document: JsonObject, node: Json | undefined): JsonObject {
  let at = node;
  // References may point at references, never in a circle: redocly refuses that in `make check`.
  while (isObject(at) && typeof at['$ref'] === 'string') {
    let target: Json | undefined = document;
    for (const part of at['$ref'].replace(/^#\//, '').split('/')) {
      target = isObject(target) ? target[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
    }
    at = target;
  }
  return isObject(at) ? at : {};
}

const list = (node: Json | undefined): readonly Json[] => (Array.isArray(node) ? node : []);

function parameterOf(document: JsonObject, node: Json): Parameter {
  const parameter = dereference(document, node);
  const type = dereference(document, parameter['schema'])['type'];
  return {
    name: String(parameter['name']),
    in: parameter['in'] as Parameter['in'],
    required: parameter['required'] === true,
    types: typeof type === 'string' ? [type] : list(type).map(String),
  };
}

function operationOf(document: JsonObject, template: string, item: JsonObject, method: Method): Operation {
  const node = dereference(document, item[method]);
  const body = isObject(node['requestBody']) ? dereference(document, node['requestBody']) : undefined;
  return {
    name: node['operationId'] as OperationName,
    method,
    template,
    tag: String(list(node['tags'])[0]),
    parameters: [...list(item['parameters']), ...list(node['parameters'])].map((p) =>
      parameterOf(document, p),
    ),
    body: body && {
      required: body['required'] === true,
      mediaTypes: Object.keys(isObject(body['content']) ? body['content'] : {}).map((t) => t.toLowerCase()),
    },
    statuses: new Set(Object.keys(isObject(node['responses']) ? node['responses'] : {}).map(Number)),
  };
}

/** Reads openapi.yaml. Throws where it is missing or is no YAML. */
export function loadContract(): Contract {
  const text = readPackageFile('openapi.yaml');
  const document = parse(text) as JsonObject;
  const found: Operation[] = [];
  for (const [template, item] of Object.entries(dereference(document, document['paths']))) {
    if (!isObject(item)) continue;
    for (const method of METHODS) if (item[method]) found.push(operationOf(document, template, item, method));
  }
  return { text, document, operations: found };
}
