import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** A value that may be absent: byte 0, or byte 1 and the value. */
export function writeOptional<T>(
  encoder: encoding.Encoder,
  value: T | undefined,
  write: (encoder: encoding.Encoder, value: T) => void,
): void {
  encoding.writeUint8(encoder, value === undefined ? 0 : 1);
  if (value !== undefined) write(encoder, value);
}

export function readOptional<T>(
  decoder: decoding.Decoder,
  read: (decoder: decoding.Decoder) => T,
): T | undefined {
  return decoding.readUint8(decoder) === 0 ? undefined : read(decoder);
}
