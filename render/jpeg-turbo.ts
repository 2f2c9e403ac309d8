import { createRequire } from 'node:module';

/** Frame as the codec names it. */
export interface TurboFrame {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

interface TurboDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getFrameInfo(): TurboFrame;
  getDecodedBuffer(): Uint8Array;
  delete(): void;
}

/** The part of the wasm module's surface that is used here; the package ships no types. */
export interface Turbo {
  readonly JPEGDecoder: new () => TurboDecoder;
  readonly HEAPU8: Uint8Array;
}

type TurboFactory = (options: { print: () => void; printErr: () => void }) => Promise<Turbo>;

/** A wasm heap never shrinks: after a picture that needed more than this, the next one gets a fresh instance. */
const MAX_KEPT_HEAP_BYTES = 256 * 1024 * 1024;

const silent = (): void => {};

let current: Promise<Turbo> | undefined;

function load(): Promise<Turbo> {
  // CommonJS by its build, ESM by nothing: `require` is the way in that works in every Node.
  const factory: TurboFactory = createRequire(import.meta.url)(
    '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs',
  );
  return factory({ print: silent, printErr: silent });
}

/**
 * Runs `use` on libjpeg-turbo in wasm. An instance in which a call threw is not used again: the exception left its
 * heap as it was.
 */
export async function withTurbo<T>(use: (turbo: Turbo) => T): Promise<T> {
  current ??= load();
  const turbo = await current;
  let isSound = false;
  try {
    const result = use(turbo);
    isSound = turbo.HEAPU8.length <= MAX_KEPT_HEAP_BYTES;
    return result;
  } finally {
    if (!isSound) current = undefined;
  }
}
