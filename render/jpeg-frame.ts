import { Problem } from '../protocol/problem.ts';
import { type Orientation, readOrientation } from './exif.ts';

/** What the markers before the first scan of a JPEG tell; sizes as stored, before orientation. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 YCbCr or RGB, 4 CMYK or YCCK. */
  readonly components: number;
  readonly isProgressive: boolean;
  /** Whether colour is stored at half the resolution in both directions (4:2:0), as of nearly every photograph. */
  readonly hasHalvedColor: boolean;
  readonly orientation: Orientation;
  /** Whether Adobe's segment tells what four components mean. */
  readonly hasAdobe: boolean;
  /** Offset of the frame header's marker. */
  readonly offset: number;
}

// Markers of ITU-T T.81, table B.1.
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const APP14 = 0xee;
const TEM = 0x01;
const SOF2 = 0xc2;
/** SOF0 baseline, SOF1 extended sequential, SOF2 progressive: what is met in practice. */
const READABLE_FRAMES = new Set([0xc0, 0xc1, SOF2]);
/** DHT, JPG and DAC lie between the SOF markers but are no frame headers. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker);

/** Marker, length, precision, sides and number of components; then id, sampling and table of each of them. */
const FRAME_HEADER_BYTES = 10;
const COMPONENT_BYTES = 3;

const cutOff = (): Problem => new Problem('image_corrupt', 'The JPEG ends before its size is told.');

export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;

/** `Adobe` leads the payload of the APP14 segment that tells a colour transform. */
const ADOBE = [0x41, 0x64, 0x6f, 0x62, 0x65];
const isAdobe = (payload: Uint8Array): boolean => ADOBE.every((byte, index) => payload[index] === byte);

type SegmentsBefore = Pick<JpegFrame, 'orientation' | 'hasAdobe'>;

function readFrame(bytes: Uint8Array, offset: number, end: number, before: SegmentsBefore): JpegFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (end - offset < FRAME_HEADER_BYTES) throw cutOff();
  const precision = view.getUint8(offset + 4);
  const height = view.getUint16(offset + 5);
  const width = view.getUint16(offset + 7);
  const components = view.getUint8(offset + 9);
  if (precision !== 8) throw new Problem('image_unsupported', `A JPEG of ${precision} bits is not read.`);
  if (width === 0 || height === 0) throw new Problem('image_corrupt', 'The JPEG has no size.');
  if (components !== 1 && components !== 3 && components !== 4) {
    throw new Problem('image_unsupported', `A JPEG of ${components} components is not read.`);
  }
  if (end - offset < FRAME_HEADER_BYTES + components * COMPONENT_BYTES) throw cutOff();
  const sampling = [0, 1, 2].map((index) => bytes[offset + FRAME_HEADER_BYTES + index * COMPONENT_BYTES + 1]);
  return {
    width,
    height,
    components,
    isProgressive: bytes[offset + 1] === SOF2,
    hasHalvedColor: components === 3 && sampling[0] === 0x22 && sampling[1] === 0x11 && sampling[2] === 0x11,
    ...before,
    offset,
  };
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
  let hasAdobe = false;
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
      if (READABLE_FRAMES.has(marker)) return readFrame(bytes, offset, end, { orientation, hasAdobe });
      if (isFrame(marker))
        throw new Problem('image_unsupported', 'The JPEG is coded in a way that is not read.');
      const payload = bytes.subarray(offset + 4, end);
      if (marker === APP1) orientation = readOrientation(payload) ?? orientation;
      if (marker === APP14) hasAdobe ||= isAdobe(payload);
      offset = end;
    }
  }
  throw cutOff();
}

/** Pixels of a block of 8 × 8, each of which is told by one bit at least. */
const MAX_PIXELS_PER_BYTE = 64 * 8;

/** Whether what follows the frame header is long enough for its pixels: a few bytes cannot hold millions. */
export const canHoldPixels = (bytes: Uint8Array, { width, height, offset }: JpegFrame): boolean =>
  (bytes.length - offset) * MAX_PIXELS_PER_BYTE >= width * height;

/** Whether anything of the picture follows its frame header: a tolerant decoder would make grey of nothing. */
export const hasJpegScan = (bytes: Uint8Array, { offset }: JpegFrame): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.of(0xff, SOS), offset);

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
