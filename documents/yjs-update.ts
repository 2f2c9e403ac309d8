import * as decoding from 'lib0/decoding';

/**
 * A reader of the Yjs v1 update format that trusts nothing. Yjs itself reads past the end, ignores what follows the
 * end (a v2 update looks like an empty v1 one), and integrates structs that make it throw half-way; here an update is
 * read to its last byte before Yjs sees it.
 *
 * Layout (yjs 13.6, `utils/encoding.js`, `utils/DeleteSet.js`; all numbers lib0 varUints unless noted):
 * `clients`, then for each `structs, client, clock` and the structs; then the delete set: `clients`, for each
 * `client, ranges` and `clock, length` of each range. A struct is an info byte (bits 1-5 content kind, 6 has a map
 * key, 7 has a right origin, 8 has an origin), the ids it refers to, and its content.
 */
export interface YjsUpdate {
  readonly clients: readonly ClientStructs[];
  readonly deletes: readonly DeletedRange[];
}

export interface ClientStructs {
  readonly client: number;
  /** By ascending clock, without a hole. */
  readonly structs: readonly Struct[];
}

export interface StructId {
  readonly client: number;
  readonly clock: number;
}

export interface Struct {
  readonly clock: number;
  /** At least 1. */
  readonly length: number;
  /** `skip` stands for structs that the update leaves out, `type` is an item that contains other items. */
  readonly kind: 'gc' | 'skip' | 'item' | 'type';
  readonly origin: StructId | undefined;
  readonly rightOrigin: StructId | undefined;
  /** The item or the root type that contains it; absent where it stands beside its origin. */
  readonly parent: StructId | string | undefined;
  /** Where its parent is a map; absent as `parent` is. */
  readonly key: string | undefined;
}

export interface DeletedRange {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

/** `malformed` bytes are worth nothing; `missing_updates` could be applied after others. */
export type BadUpdateReason = 'malformed' | 'missing_updates';

/** The bytes are not an update that can be applied. */
export class BadUpdate extends Error {
  override readonly name = 'BadUpdate';
  readonly reason: BadUpdateReason;

  constructor(message: string, options: ErrorOptions & { readonly reason?: BadUpdateReason } = {}) {
    super(message, options);
    this.reason = options.reason ?? 'malformed';
  }
}

const KIND = 0b0001_1111;
const HAS_KEY = 0b0010_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;
const HAS_ORIGIN = 0b1000_0000;

/** Sums of clocks stay exact, and no honest client types that much. */
const MAX_CLOCK = 2 ** 40;
/** Values are read and written by recursion, in Yjs as here. */
const MAX_VALUE_DEPTH = 64;
/** `Y.Array` 0, `Y.Map` 1, `Y.Text` 2, XML 3 to 6. */
const LAST_TYPE = 6;
/** XML element and hook carry a name. */
const NAMED_TYPES: ReadonlySet<number> = new Set([3, 5]);

/** @throws BadUpdate */
export function readYjsUpdate(bytes: Uint8Array): YjsUpdate {
  const decoder = decoding.createDecoder(bytes);
  try {
    const clients = readClients(decoder);
    const deletes = readDeletes(decoder);
    if (decoding.hasContent(decoder)) throw new BadUpdate('bytes follow the end of the update');
    return { clients, deletes };
  } catch (error) {
    if (error instanceof BadUpdate) throw error;
    // lib0 throws plain errors at the end of the bytes, at bad UTF-8, at numbers out of range.
    throw new BadUpdate(error instanceof Error ? error.message : 'unreadable', { cause: error });
  }
}

function readClients(decoder: decoding.Decoder): ClientStructs[] {
  const clients = new Map<number, ClientStructs>();
  for (let left = readNumber(decoder); left > 0; left -= 1) {
    let structsLeft = readNumber(decoder);
    const client = readNumber(decoder);
    let clock = readNumber(decoder);
    const structs: Struct[] = [];
    for (; structsLeft > 0; structsLeft -= 1) {
      const struct = readStruct(decoder, clock);
      structs.push(struct);
      clock += struct.length;
    }
    // Yjs keeps only the last of two blocks of one client.
    if (clients.has(client)) throw new BadUpdate('a client occurs twice');
    clients.set(client, { client, structs });
  }
  return [...clients.values()];
}

function readStruct(decoder: decoding.Decoder, clock: number): Struct {
  const info = readByte(decoder);
  const kind = info & KIND;
  if (kind === 0 || kind === 10) {
    if (info !== kind) throw new BadUpdate('a struct without content has flags');
    const length = readLength(decoder, clock);
    return {
      clock,
      length,
      kind: kind === 0 ? 'gc' : 'skip',
      origin: undefined,
      rightOrigin: undefined,
      parent: undefined,
      key: undefined,
    };
  }
  const origin = info & HAS_ORIGIN ? readId(decoder) : undefined;
  const rightOrigin = info & HAS_RIGHT_ORIGIN ? readId(decoder) : undefined;
  let parent: StructId | string | undefined;
  let key: string | undefined;
  if (!origin && !rightOrigin) {
    const isRoot = readNumber(decoder);
    if (isRoot > 1) throw new BadUpdate('a struct has no readable parent');
    parent = isRoot === 1 ? decoding.readVarString(decoder) : readId(decoder);
    if (info & HAS_KEY) key = decoding.readVarString(decoder);
  }
  const length = readContent(decoder, kind, clock);
  return { clock, length, kind: kind === 7 ? 'type' : 'item', origin, rightOrigin, parent, key };
}

/** Reads over the content of a struct and tells how many clocks it takes. */
function readContent(decoder: decoding.Decoder, kind: number, clock: number): number {
  switch (kind) {
    case 1: // deleted
      return readLength(decoder, clock);
    case 3: // binary
      decoding.readVarUint8Array(decoder);
      return 1;
    case 4: // text
      return checkLength(decoding.readVarString(decoder).length, clock);
    case 5: // embedded value in a text
      readJson(decoder);
      return 1;
    case 6: // format of a text
      decoding.readVarString(decoder);
      readJson(decoder);
      return 1;
    case 7: {
      const type = readNumber(decoder);
      if (type > LAST_TYPE) throw new BadUpdate('a type is not known');
      if (NAMED_TYPES.has(type)) decoding.readVarString(decoder);
      return 1;
    }
    case 8: {
      const length = readLength(decoder, clock);
      for (let left = length; left > 0; left -= 1) skipValue(decoder, 0);
      return length;
    }
    default:
      // 2 is the JSON of old Yjs versions, 9 a sub-document: nothing that an annotation is made of.
      throw new BadUpdate(`content of kind ${kind} is not taken`);
  }
}

function readJson(decoder: decoding.Decoder): void {
  checkDepth(JSON.parse(decoding.readVarString(decoder)), 0);
}

function checkDepth(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === MAX_VALUE_DEPTH) throw new BadUpdate('a value is nested too deeply');
  for (const member of Object.values(value)) checkDepth(member, depth + 1);
}

/** Reads over a value of lib0's `any` encoding. */
function skipValue(decoder: decoding.Decoder, depth: number): void {
  if (depth > MAX_VALUE_DEPTH) throw new BadUpdate('a value is nested too deeply');
  const tag = readByte(decoder);
  switch (tag) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125: // integer
      // lib0 reads the first byte without looking whether it is there.
      if (!decoding.hasContent(decoder)) throw new BadUpdate('the update is cut off');
      decoding.readVarInt(decoder);
      return;
    case 124:
      decoding.readFloat32(decoder);
      return;
    case 123:
      decoding.readFloat64(decoder);
      return;
    case 122:
      decoding.readBigInt64(decoder);
      return;
    case 119:
      decoding.readVarString(decoder);
      return;
    case 118:
      for (let left = readNumber(decoder); left > 0; left -= 1) {
        decoding.readVarString(decoder);
        skipValue(decoder, depth + 1);
      }
      return;
    case 117:
      for (let left = readNumber(decoder); left > 0; left -= 1) skipValue(decoder, depth + 1);
      return;
    case 116:
      decoding.readVarUint8Array(decoder);
      return;
    default:
      throw new BadUpdate(`a value has the unknown type ${tag}`);
  }
}

function readDeletes(decoder: decoding.Decoder): DeletedRange[] {
  const deletes: DeletedRange[] = [];
  for (let left = readNumber(decoder); left > 0; left -= 1) {
    const client = readNumber(decoder);
    for (let ranges = readNumber(decoder); ranges > 0; ranges -= 1) {
      const clock = readNumber(decoder);
      deletes.push({ client, clock, length: readLength(decoder, clock) });
    }
  }
  return deletes;
}

function readByte(decoder: decoding.Decoder): number {
  if (!decoding.hasContent(decoder)) throw new BadUpdate('the update is cut off');
  return decoding.readUint8(decoder);
}

function readNumber(decoder: decoding.Decoder): number {
  const number = decoding.readVarUint(decoder);
  if (number > Number.MAX_SAFE_INTEGER) throw new BadUpdate('a number is too large');
  return number;
}

function readId(decoder: decoding.Decoder): StructId {
  return { client: readNumber(decoder), clock: readNumber(decoder) };
}

const readLength = (decoder: decoding.Decoder, clock: number): number =>
  checkLength(readNumber(decoder), clock);

/** Yjs fails at structs without a length, and at ranges without one. */
function checkLength(length: number, clock: number): number {
  if (length < 1) throw new BadUpdate('a struct is empty');
  if (clock + length > MAX_CLOCK) throw new BadUpdate('a clock is too large');
  return length;
}
