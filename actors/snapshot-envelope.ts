import { promisify } from 'node:util';
import { brotliDecompress, constants, createBrotliCompress } from 'node:zlib';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readOperation } from './operation-codec.ts';
import { OperationLog } from './operation-log.ts';
import { Pace } from './pace.ts';

/**
 * Layout 2: byte 2, then byte 0 and the content, or byte 1, varUint length of the content, and the content as one
 * Brotli stream (RFC 7932). Content: varUint n, n bytes of operations (see operation-codec.ts), then the kind's own
 * bytes to the end. Numbers as lib0 writes them.
 *
 * History: 1, byte 1, then varUint count and so many operations, then the kind's own bytes; never compressed.
 */
const LAYOUT = 2;
const Packing = { plain: 0, brotli: 1 } as const;

/** Smaller ones are not worth a thread's work. */
const COMPRESSED_FROM = 64 * 1024;
/**
 * The cheapest: of a canvas of random pixels it makes as little as higher levels, in a third of the time of the fastest
 * DEFLATE.
 */
const QUALITY = 1;

/** Of compressed bytes: fewer pieces mean fewer interruptions of the event loop. */
const PIECE_BYTES = 1024 * 1024;

const decompress = promisify(brotliDecompress);

/** The content of a snapshot, in pieces that nobody changes: the operations that must not be repeated, and the state. */
export type SnapshotContent = readonly Uint8Array[];

export function contentOf(state: Uint8Array, operations: OperationLog | undefined): SnapshotContent {
  const encoded = operations?.encoded() ?? [];
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, lengthOf(encoded));
  return [encoding.toUint8Array(encoder), ...encoded, state];
}

/** A snapshot as the store keeps it, at once. */
export const sealPlain = (content: SnapshotContent): Uint8Array =>
  Buffer.concat([Uint8Array.of(LAYOUT, Packing.plain), ...content]);

/** A snapshot as the store keeps it: a large one is compressed, off the event loop. */
export async function seal(content: SnapshotContent): Promise<Uint8Array> {
  const length = lengthOf(content);
  if (length < COMPRESSED_FROM) return sealPlain(content);
  const head = encoding.createEncoder();
  encoding.writeUint8(head, LAYOUT);
  encoding.writeUint8(head, Packing.brotli);
  encoding.writeVarUint(head, length);
  return Buffer.concat([encoding.toUint8Array(head), ...(await compressed(content, length))]);
}

async function compressed(content: SnapshotContent, length: number): Promise<Uint8Array[]> {
  const brotli = createBrotliCompress({
    chunkSize: PIECE_BYTES,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
    },
  });
  // Each write is a task of a thread: the many small pieces are one, the state is not copied.
  brotli.write(Buffer.concat(content.slice(0, -1)));
  brotli.end(content.at(-1));
  return brotli.toArray();
}

/** A snapshot that was read. */
export interface OpenedSnapshot {
  readonly state: Uint8Array;
  /** Read on demand, in stretches: there may be tens of thousands. */
  operations(): Promise<OperationLog | undefined>;
}

/** @throws Error where the layout is not known: the store was written by a newer server. */
export async function openSnapshot(bytes: Uint8Array): Promise<OpenedSnapshot> {
  const decoder = decoding.createDecoder(bytes);
  const layout = decoding.readUint8(decoder);
  if (layout === 1) return openLayout1(decoder);
  if (layout !== LAYOUT) throw notKnown(layout);
  const packing = decoding.readUint8(decoder);
  if (packing === Packing.plain) return openContent(decoder);
  if (packing !== Packing.brotli) throw notKnown(`${layout}.${packing}`);
  const length = decoding.readVarUint(decoder);
  const content = await decompress(decoding.readTailAsUint8Array(decoder), {
    chunkSize: length + 1, // one piece, or it would be put together on the event loop
    maxOutputLength: length,
  });
  return openContent(decoding.createDecoder(content));
}

function openContent(decoder: decoding.Decoder): OpenedSnapshot {
  const operations = decoding.readVarUint8Array(decoder);
  return {
    state: decoding.readTailAsUint8Array(decoder),
    operations: () => readOperations(decoding.createDecoder(operations)),
  };
}

async function openLayout1(decoder: decoding.Decoder): Promise<OpenedSnapshot> {
  const operations = await readOperations(decoder, decoding.readVarUint(decoder));
  return { state: decoding.readTailAsUint8Array(decoder), operations: async () => operations };
}

async function readOperations(
  decoder: decoding.Decoder,
  count: number = Number.POSITIVE_INFINITY,
): Promise<OperationLog | undefined> {
  let operations: OperationLog | undefined;
  const pace = new Pace();
  for (let left = count; left > 0 && decoding.hasContent(decoder); left--) {
    const { id, ...operation } = readOperation(decoder);
    operations ??= new OperationLog();
    operations.add(id, operation);
    if (pace.isOver) await pace.rest();
  }
  return operations;
}

const notKnown = (layout: number | string): Error =>
  new Error(`snapshot layout ${layout} is not known to this server`);

const lengthOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((length, piece) => length + piece.length, 0);
