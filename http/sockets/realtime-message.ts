import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { Problem } from '../../protocol/problem.ts';
import type { RealtimeClientMessage } from '../../protocol/realtime.ts';

type MessageType = RealtimeClientMessage['type'];
type Schemas = { readonly [Type in MessageType]: ValidateFunction<RealtimeClientMessage> };

/** Parses what clients of `/v1/realtime` say, by the schemas of asyncapi.yaml. */
export class RealtimeMessageParser {
  readonly #schemas: Schemas;

  constructor() {
    const contract = readFileSync(new URL(import.meta.resolve('#package/asyncapi.yaml')), 'utf8');
    const ajv = new Ajv({ strict: true });
    ajv.addVocabulary(['components']);
    ajv.addSchema({ components: parse(contract).components }, 'asyncapi');
    const schema = (name: string) => {
      const found = ajv.getSchema<RealtimeClientMessage>(`asyncapi#/components/schemas/${name}`);
      if (found === undefined) throw new TypeError(`asyncapi.yaml has no schema ${name}`);
      return found;
    };
    this.#schemas = { presence: schema('RealtimePresence'), ping: schema('RealtimePing') };
  }

  /** @throws Problem `bad_json`, `bad_message` */
  parse(text: string): RealtimeClientMessage {
    const value = parseJson(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Problem('bad_message', 'A message must be an object with a type.');
    }
    const type: unknown = 'type' in value ? value.type : undefined;
    if (typeof type !== 'string' || !this.#isKnown(type)) {
      throw new Problem('bad_message', `type must be one of ${Object.keys(this.#schemas).join(', ')}.`);
    }
    const isValid = this.#schemas[type];
    if (isValid(value)) return value;
    throw new Problem('bad_message', describe(isValid.errors?.[0]));
  }

  #isKnown(type: string): type is MessageType {
    return Object.hasOwn(this.#schemas, type);
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
