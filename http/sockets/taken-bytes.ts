import type { Socket } from 'node:net';

/** Bytes of a socket on their way out. */
export interface TakenBytes {
  /** Taken over by the system so far. */
  readonly taken: number;
  /** Still waiting for it. */
  readonly waiting: number;
}

/**
 * How far a socket got with what was written to it. `writableLength` tells nothing about the inside of one long write,
 * so this looks at the handle, as Node's own idle timeout does. Where there is none (TLS hides it, or the socket is
 * gone) everything seems to be taken.
 */
export function takenBytes(socket: Socket): TakenBytes {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (!isHandle(handle)) return { taken: socket.bytesWritten, waiting: 0 };
  return { taken: handle.bytesWritten - handle.writeQueueSize, waiting: handle.writeQueueSize };
}

function isHandle(
  value: unknown,
): value is { readonly bytesWritten: number; readonly writeQueueSize: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'bytesWritten' in value &&
    'writeQueueSize' in value &&
    typeof value.bytesWritten === 'number' &&
    typeof value.writeQueueSize === 'number'
  );
}
