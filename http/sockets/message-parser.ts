import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { Problem } from '../../protocol/problem.ts';

interface TypedMessage {
  readonly type: string;
}

/** Name of the schema of each type of message. */
export type SchemaNames<Message extends TypedMessage> = { readonly [Type in Message['type']]: string };

/** Read once for all doors: it takes a tenth of a second. */
let contract: Ajv | undefined;

function readContract(): Ajv {
  const text = readFileSync(new URL(import.meta.resolve('#package/asyncapi.yaml')), 'utf8');
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  ajv.addVocabulary(['components']);
  ajv.addSchema({ components: parse(text).components }, 'asyncapi');
  return ajv;
}

/** Parses what clients of one door say, by the schemas of asyncapi.yaml. */
export class MessageParser<Message extends TypedMessage> {
  readonly #schemas: ReadonlyMap<string, ValidateFunction<Message>>;

  /** @throws TypeError where asyncapi.yaml has no such schema */
  constructor(names: SchemaNames<Message>) {
    contract ??= readContract();
    const schemas = new Map<string, ValidateFunction<Message>>();
    for (const [type, name] of Object.entries<string>(names)) {
      const schema = contract.getSchema<Message>(`asyncapi#/components/schemas/${name}`);
      if (schema === undefined) throw new TypeError(`asyncapi.yaml has no schema ${name}`);
      schemas.set(type, schema);
    }
    this.#schemas = schemas;
  }

  /** @throws Problem `bad_json`, `bad_message` */
  parse(text: string): Message {
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Problem('bad_message', 'A message must be an object with a type.');
    }
    const type: unknown = 'type' in value ? value.type : undefined;
    const isValid = typeof type === 'string' ? this.#schemas.get(type) : undefined;
    if (isValid === undefined) {
      throw new Problem('bad_message', `type must be one of ${[...this.#schemas.keys()].join(', ')}.`);
    }
    if (isValid(value)) return value;
    // What it was about, as far as it can be told, so that an update is not waited for in vain.
    const opId: unknown = 'opId' in value ? value.opId : undefined;
    const id: unknown = 'id' in value ? value.id : undefined;
    throw new Problem('bad_message', describe(isValid.errors?.[0]), {
      extra: { ...(typeof opId === 'string' ? { opId } : {}), ...(typeof id === 'string' ? { id } : {}) },
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('bad_json', 'The frame is not JSON.', { cause });
  }
}

/** Names the field: `cursor.x must be number`. */
function describe(error: ErrorObject | undefined): string {
  if (error === undefined) return 'The message is not valid.';
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  const unknown: unknown = error.params['additionalProperty'];
  if (typeof unknown === 'string') {
    const name = [...unknown].slice(0, 64).join('');
    return `${path === '' ? name : `${path}.${name}`} is not a field of this message.`;
  }
  return `${path} ${error.message ?? 'is not valid'}.`.trimStart();
}
