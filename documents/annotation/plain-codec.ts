import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type {
  ExportOutcome,
  ExportParameters,
  ImageBlob,
  ImageRef,
} from '../../protocol/annotation-messages.ts';
import { readOptional, writeOptional } from '../optional-codec.ts';
import type { PageSize } from './document-fields.ts';

/** The parts that events and snapshots are made of, in bytes. A change of one is a new version of both layouts. */

const NO_IMAGE = 0;
const URL_IMAGE = 1;
const BLOB_IMAGE = 2;

export function writeImage(encoder: encoding.Encoder, image: ImageRef | null): void {
  if (image === null) {
    encoding.writeUint8(encoder, NO_IMAGE);
  } else if (image.kind === 'url') {
    encoding.writeUint8(encoder, URL_IMAGE);
    encoding.writeVarString(encoder, image.url);
    writeOptional(encoder, image.copy, writeBlob);
  } else {
    encoding.writeUint8(encoder, BLOB_IMAGE);
    writeBlob(encoder, image.blob);
    writeOptional(encoder, image.inline, encoding.writeVarString);
  }
}

export function readImage(decoder: decoding.Decoder): ImageRef | null {
  const kind = decoding.readUint8(decoder);
  switch (kind) {
    case NO_IMAGE:
      return null;
    case URL_IMAGE: {
      const url = decoding.readVarString(decoder);
      const copy = readOptional(decoder, readBlob);
      return { kind: 'url', url, ...(copy === undefined ? {} : { copy }) };
    }
    case BLOB_IMAGE: {
      const blob = readBlob(decoder);
      const inline = readOptional(decoder, decoding.readVarString);
      return { kind: 'blob', blob, ...(inline === undefined ? {} : { inline }) };
    }
    default:
      throw new Error(`image kind ${kind} is not known`);
  }
}

export function writeSize(encoder: encoding.Encoder, { width, height }: PageSize): void {
  encoding.writeVarUint(encoder, width);
  encoding.writeVarUint(encoder, height);
}

export const readSize = (decoder: decoding.Decoder): PageSize => ({
  width: decoding.readVarUint(decoder),
  height: decoding.readVarUint(decoder),
});

export function writeBlob(encoder: encoding.Encoder, { hash, mime, bytes, width, height }: ImageBlob): void {
  encoding.writeVarString(encoder, hash);
  encoding.writeUint8(encoder, mime === 'image/png' ? 0 : 1);
  encoding.writeVarUint(encoder, bytes);
  encoding.writeVarUint(encoder, width);
  encoding.writeVarUint(encoder, height);
}

export function readBlob(decoder: decoding.Decoder): ImageBlob {
  return {
    hash: decoding.readVarString(decoder),
    mime: readMime(decoder),
    bytes: decoding.readVarUint(decoder),
    width: decoding.readVarUint(decoder),
    height: decoding.readVarUint(decoder),
  };
}

const readMime = (decoder: decoding.Decoder): ImageBlob['mime'] =>
  decoding.readUint8(decoder) === 0 ? 'image/png' : 'image/jpeg';

export function writeParameters(
  encoder: encoding.Encoder,
  { format, scale, background, include_comments, dpi }: ExportParameters,
): void {
  encoding.writeUint8(encoder, format === 'png' ? 0 : 1);
  encoding.writeFloat64(encoder, scale);
  encoding.writeUint8(encoder, background === 'white' ? 0 : 1);
  encoding.writeUint8(encoder, include_comments ? 1 : 0);
  writeOptional(encoder, dpi, encoding.writeVarUint);
}

export function readParameters(decoder: decoding.Decoder): ExportParameters {
  const format = decoding.readUint8(decoder) === 0 ? 'png' : 'jpg';
  const scale = decoding.readFloat64(decoder);
  const background = decoding.readUint8(decoder) === 0 ? 'white' : 'transparent';
  const include_comments = decoding.readUint8(decoder) === 1;
  const dpi = readOptional(decoder, decoding.readVarUint);
  return { format, scale, background, include_comments, ...(dpi === undefined ? {} : { dpi }) };
}

export function writeOutcome(encoder: encoding.Encoder, outcome: ExportOutcome): void {
  encoding.writeUint8(encoder, outcome.status === 'completed' ? 1 : 0);
  if (outcome.status === 'completed') {
    encoding.writeUint8(encoder, outcome.mime === 'image/png' ? 0 : 1);
    encoding.writeVarUint(encoder, outcome.size);
  } else {
    encoding.writeVarString(encoder, outcome.error.code);
    encoding.writeVarString(encoder, outcome.error.message);
  }
}

export function readOutcome(decoder: decoding.Decoder): ExportOutcome {
  if (decoding.readUint8(decoder) === 1) {
    return { status: 'completed', mime: readMime(decoder), size: decoding.readVarUint(decoder) };
  }
  return {
    status: 'failed',
    error: { code: decoding.readVarString(decoder), message: decoding.readVarString(decoder) },
  };
}
