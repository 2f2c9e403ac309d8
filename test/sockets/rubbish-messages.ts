import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { clientFrame, handshakeText, readUntil } from './harness.ts';

/**
 * Texts that a client may send instead of what is agreed: anything, any JSON, a message that is cut or bent; and some
 * that are as agreed.
 * @param valid messages as agreed, of each type
 * @param more what else there may be, by weight
 */
export function rubbishTexts(
  valid: readonly object[],
  ...more: readonly fc.WeightedArbitrary<string>[]
): fc.Arbitrary<string> {
  const message = fc.constantFrom(...valid);
  const cut = fc.tuple(message, fc.nat(100), fc.string({ maxLength: 3 })).map(([whole, at, put]) => {
    const text = JSON.stringify(whole);
    return text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1);
  });
  const bent = fc.tuple(message, fc.nat(6), fc.jsonValue({ maxDepth: 3 })).map(([whole, at, value]) => {
    const names = Object.keys(whole);
    return JSON.stringify({ ...whole, [names[at % names.length] ?? 'type']: value });
  });
  return fc.oneof(
    { weight: 1, arbitrary: fc.string() },
    { weight: 2, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: cut },
    { weight: 3, arbitrary: bent },
    { weight: 2, arbitrary: message.map((whole) => JSON.stringify(whole)) },
    ...more,
  );
}

/**
 * Bytes that a client may write after its handshake: frames of the protocol, frames of anything, and what is no frame.
 * @param frames those of the protocol
 */
export const rubbishBytes = (...frames: readonly fc.Arbitrary<Buffer>[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    ...frames,
    fc.tuple(fc.nat(15), fc.uint8Array({ maxLength: 300 })).map(([code, bytes]) => clientFrame(code, bytes)),
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );

/**
 * Writes bytes to a door after a handshake that it accepts.
 * @param meanwhile what others do before the socket is cut
 */
export async function writeAt(
  { port }: { readonly port: number },
  path: string,
  writes: readonly Uint8Array[],
  meanwhile: () => Promise<void>,
): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(handshakeText(path));
  await readUntil(socket, '\r\n\r\n');
  socket.resume();
  for (const bytes of writes) socket.write(bytes);
  await meanwhile();
  socket.destroy();
}
