import { createRequire, syncBuiltinESMExports } from 'node:module';

const zlib: typeof import('node:zlib') = createRequire(import.meta.url)('node:zlib');

type ArrayName = 'Uint8Array' | 'Int32Array' | 'Uint16Array' | 'ArrayBuffer';
const WATCHED: readonly ArrayName[] = ['Uint8Array', 'Int32Array', 'Uint16Array', 'ArrayBuffer'];
const ELEMENT_BYTES: Readonly<Record<ArrayName, number>> = {
  Uint8Array: 1,
  Int32Array: 4,
  Uint16Array: 2,
  ArrayBuffer: 1,
};

/**
 * The most bytes that `work` asks for in one go: as an array, or as the most that inflate may give. What is asked is
 * the same in every run, unlike what a process happens to hold.
 */
export async function largestAllocation(work: () => unknown): Promise<number> {
  let largest = 0;
  const note = (bytes: number): void => {
    largest = Math.max(largest, bytes);
  };
  const originals = WATCHED.map((name) => [name, globalThis[name]] as const);
  const { allocUnsafe, alloc } = Buffer;
  const { inflateSync } = zlib;
  for (const [name, original] of originals) {
    const watched = new Proxy(original, {
      construct(target, args: unknown[], newTarget) {
        if (typeof args[0] === 'number') note(args[0] * ELEMENT_BYTES[name]);
        return Reflect.construct(target, args, newTarget);
      },
    });
    Object.assign(globalThis, { [name]: watched });
  }
  Buffer.allocUnsafe = (size) => {
    note(size);
    return allocUnsafe(size);
  };
  Buffer.alloc = (size: number, ...rest: unknown[]) => {
    note(size);
    return Reflect.apply(alloc, Buffer, [size, ...rest]);
  };
  zlib.inflateSync = (bytes, options) => {
    note(options?.maxOutputLength ?? Number.POSITIVE_INFINITY);
    return inflateSync(bytes, options);
  };
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(globalThis, Object.fromEntries(originals));
    Object.assign(Buffer, { allocUnsafe, alloc });
    zlib.inflateSync = inflateSync;
    syncBuiltinESMExports();
  }
  return largest;
}
