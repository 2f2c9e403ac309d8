import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { SERVER_CLIENT_ID } from '../../documents/annotation/annotation-crdt.ts';

export const KEY = '22222222-2222-4222-8222-222222222222';
export const OTHER_KEY = '33333333-3333-4333-8333-333333333333';

/** Bytes of an update that no Yjs would write. */
export function forge(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  write(encoder);
  return encoding.toUint8Array(encoder);
}

export const numbers = (encoder: encoding.Encoder, ...values: readonly number[]): void => {
  for (const value of values) encoding.writeVarUint(encoder, value);
};

/** A struct that is well-formed, and refers to anything: to what is there, to what comes with it, to nothing. */
export interface ForgedStruct {
  readonly content:
    | 'gc'
    | 'skip'
    | 'deleted'
    | 'text'
    | 'format'
    | 'map'
    | 'list'
    | 'string'
    | 'any'
    | 'binary';
  readonly origin: readonly [number, number] | undefined;
  readonly rightOrigin: readonly [number, number] | undefined;
  readonly parent: string | readonly [number, number];
  readonly key: string | undefined;
  readonly length: number;
}

export interface ForgedUpdate {
  readonly clients: readonly {
    readonly client: number;
    readonly clock: number;
    readonly structs: readonly ForgedStruct[];
  }[];
  readonly deletes: readonly (readonly [number, number, number])[];
}

const someClient = fc.constantFrom(SERVER_CLIENT_ID, 500, 700, 701);
const someId = fc.tuple(someClient, fc.nat(40));

const forgedStruct: fc.Arbitrary<ForgedStruct> = fc.record({
  content: fc.constantFrom(
    'gc',
    'skip',
    'deleted',
    'text',
    'format',
    'map',
    'list',
    'string',
    'any',
    'binary',
  ),
  origin: fc.option(someId, { nil: undefined }),
  rightOrigin: fc.option(someId, { nil: undefined }),
  parent: fc.oneof(fc.constantFrom('annotations', 'other'), someId),
  key: fc.option(fc.constantFrom(KEY, OTHER_KEY, 'content', 'geometry', '__proto__'), { nil: undefined }),
  length: fc.integer({ min: 1, max: 4 }),
});

export const forgedUpdate: fc.Arbitrary<ForgedUpdate> = fc.record({
  clients: fc.uniqueArray(
    fc.record({
      client: fc.constantFrom(500, 700, 701),
      clock: fc.constantFrom(0, 0, 1, 20, 30, 35, 40),
      structs: fc.array(forgedStruct, { maxLength: 5 }),
    }),
    { selector: ({ client }) => client, maxLength: 3 },
  ),
  deletes: fc.array(fc.tuple(someClient, fc.nat(20), fc.integer({ min: 1, max: 6 })), { maxLength: 3 }),
});

export function encodeForged({ clients, deletes }: ForgedUpdate): Uint8Array {
  return forge((e) => {
    numbers(e, clients.length);
    for (const { client, clock, structs } of clients) {
      numbers(e, structs.length, client, clock);
      for (const struct of structs) encodeStruct(e, struct);
    }
    numbers(e, deletes.length);
    for (const [client, clock, length] of deletes) numbers(e, client, 1, clock, length);
  });
}

const CONTENT_KINDS = { deleted: 1, binary: 3, string: 4, format: 6, map: 7, list: 7, text: 7, any: 8 };

function encodeStruct(
  e: encoding.Encoder,
  { content, origin, rightOrigin, parent, key, length }: ForgedStruct,
): void {
  if (content === 'gc' || content === 'skip') {
    numbers(e, content === 'gc' ? 0 : 10, length);
    return;
  }
  const flags = (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (key === undefined ? 0 : 0x20);
  encoding.writeUint8(e, CONTENT_KINDS[content] | flags);
  if (origin) numbers(e, ...origin);
  if (rightOrigin) numbers(e, ...rightOrigin);
  if (!origin && !rightOrigin) {
    if (typeof parent === 'string') {
      numbers(e, 1);
      encoding.writeVarString(e, parent);
    } else numbers(e, 0, ...parent);
    if (key !== undefined) encoding.writeVarString(e, key);
  }
  encodeContent(e, content, length);
}

function encodeContent(e: encoding.Encoder, content: keyof typeof CONTENT_KINDS, length: number): void {
  switch (content) {
    case 'deleted':
      numbers(e, length);
      return;
    case 'binary':
      encoding.writeVarUint8Array(e, new Uint8Array(length));
      return;
    case 'string':
      encoding.writeVarString(e, '🎈x'.repeat(length));
      return;
    case 'format':
      encoding.writeVarString(e, 'bold');
      encoding.writeVarString(e, 'true');
      return;
    case 'map':
      numbers(e, 1);
      return;
    case 'list':
      numbers(e, 0);
      return;
    case 'text':
      numbers(e, 2);
      return;
    case 'any':
      numbers(e, length);
      for (let i = 0; i < length; i += 1) encoding.writeAny(e, { x: i });
  }
}
