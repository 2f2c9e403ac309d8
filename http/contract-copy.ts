import { isObject, type Json, type JsonObject } from './contract.ts';

/** A node of the contract, to be changed in place. */
interface SchemaNode {
  [key: string]: unknown;
}

function adjust(node: unknown): void {
  if (Array.isArray(node)) for (const item of node) adjust(item);
  if (!isObject(node)) return;
  const schema: SchemaNode = node;
  const { discriminator } = schema;
  if (schema['oneOf'] && isObject(discriminator) && 'propertyName' in discriminator) {
    // Ajv takes no `mapping`, and its discriminator lets everything pass that is no object.
    schema['discriminator'] = { propertyName: discriminator['propertyName'] };
    schema['type'] ??= 'object';
  }
  for (const value of Object.values(schema)) adjust(value);
}

/**
 * A copy of the contract for the validator. Discriminators are Ajv's own (one exact error at any depth) instead of the
 * library's (bodies only, wrong paths); the library keeps away from what is wrapped in `allOf`.
 */
export function contractForValidator(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  adjust(copy);
  const paths = copy['paths'];
  for (const item of Object.values(isObject(paths) ? paths : {})) {
    for (const operation of Object.values(isObject(item) ? item : {})) {
      const body = isObject(operation) ? operation['requestBody'] : undefined;
      const content = isObject(body) ? body['content'] : undefined;
      if (isObject(operation) && isObject(content) && !('application/json' in content)) leaveOut(operation);
      for (const media of Object.values(isObject(content) ? content : {})) {
        if (isObject(media) && isObject(media['schema'])) wrap(media, media['schema']);
      }
    }
  }
  return copy;
}

/** An image is judged by who reads it; the validator would look for it among the fields of a parsed form. */
function leaveOut(operation: JsonObject): void {
  const writable: { requestBody?: Json } = operation;
  delete writable.requestBody;
}

function wrap(media: JsonObject, schema: JsonObject): void {
  const writable: { schema?: Json } = media;
  writable.schema = { allOf: [schema] };
}
