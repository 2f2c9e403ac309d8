import { Problem } from '../protocol/problem.ts';
import { type Orientation, readOrientation } from './exif.ts';

/** What the markers before the first scan of a JPEG tell; sizes as stored, before orientation. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 YCbCr or RGB, 4 CMYK or YCCK. */
  readonly components: number;
  readonly orientation: Orientation;
  /** Offset of the frame header's marker. */
  readonly offset: number;
}

// Markers of ITU-T T.81, table B.1.
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const TEM = 0x01;
/** SOF0 baseline, SOF1 extended sequential, SOF2 progressive: what is met in practice. */
const READABLE_FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** DHT, JPG and DAC lie between the SOF markers but are no frame headers. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);

const cutOff = (): Problem => new Problem('image_corrupt', 'The JPEG ends before its size is told.');

export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;

function readFrame(bytes: Uint8Array, offset: number, end: number, orientation: Orientation): JpegFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (end - offset < 10) throw cutOff();
  const precision = view.getUint8(offset + 4);
  const height = view.getUint16(offset + 5);
  const width = view.getUint16(offset + 7);
  const components = view.getUint8(offset + 9);
  if (precision !== 8) throw new Problem('image_unsupported', `A JPEG of ${precision} bits is not read.`);
  if (width === 0 || height === 0) throw new Problem('image_corrupt', 'The JPEG has no size.');
  if (components !== 1 && components !== 3 && components !== 4) {
    throw new Problem('image_unsupported', `A JPEG of ${components} components is not read.`);
  }
  return { width, height, components, orientation, offset };
}

/**
 * Walks the marker segments of a JPEG up to its frame header, without decoding (ITU-T T.81, annex B).
 *
 * @throws Problem `image_corrupt` where it is cut off or malformed, `image_unsupported` where the coding process is
 * one that no browser reads (lossless, arithmetic, 12 bits).
 */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation: Orientation = 1;
  let offset = 2;
  while (offset + 4 <= bytes.length) {
    if (bytes[offset] !== 0xff) throw new Problem('image_corrupt', 'The JPEG has a broken marker.');
    const marker = bytes[offset + 1] as number;
    if (marker === 0xff) {
      offset += 1;
    } else if (marker === TEM || isRestart(marker)) {
      offset += 2;
    } else {
      const end = offset + 2 + view.getUint16(offset + 2);
      if (marker === EOI || marker === SOS || end - offset < 4) {
        throw new Problem('image_corrupt', 'The JPEG has no frame header.');
      }
      if (end > bytes.length) throw cutOff();
      if (READABLE_FRAMES.has(marker)) return readFrame(bytes, offset, end, orientation);
      if (isFrame(marker))
        throw new Problem('image_unsupported', 'The JPEG is coded in a way that is not read.');
      if (marker === APP1) orientation = readOrientation(bytes.subarray(offset + 4, end)) ?? orientation;
      offset = end;
    }
  }
  throw cutOff();
}

/**
 * Whether the end of the picture is there. Decoders fill what is missing with grey and call it a success, so a file
 * that was cut off has to be told by its missing end marker.
 */
export function hasJpegEnd(bytes: Uint8Array, frame: JpegFrame): boolean {
  for (let index = bytes.length - 2; index > frame.offset; index--) {
    if (bytes[index] === 0xff && bytes[index + 1] === EOI) return true;
  }
  return false;
}
