/**
 * Frames made once, written as they are to any number of sockets.
 *
 * `ws.send` frames a message anew for each socket and writes header and payload apart. Here the frames that a document
 * publishes in one turn of the event loop are one piece of bytes, and one `socket.write` per socket. This leans on three
 * things of the pinned ws that test/sockets/frames.test.ts holds: `Sender.frame` makes whole frames, ws writes to the
 * very socket of the upgrade, and without compression it writes at once. So whole frames that are written between its
 * own can never land inside one of them.
 */
import * as ws from 'ws';

/** RFC 6455, section 5.2. */
const OPCODE_TEXT = 0x01;
const OPCODE_BINARY = 0x02;

interface FrameOptions {
  readonly fin: boolean;
  readonly opcode: number;
  readonly mask: boolean;
  readonly rsv1: boolean;
  readonly readOnly: boolean;
}

interface Framer {
  frame(payload: Buffer, options: FrameOptions): Uint8Array[];
}

const framer = findFramer();

/** One whole, unfragmented text frame of a server. */
export function frameText(text: string): Uint8Array {
  return frame(Buffer.from(text), OPCODE_TEXT);
}

/** The same, of text that is UTF-8 already. */
export function frameUtf8(payload: Uint8Array): Uint8Array {
  return frame(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), OPCODE_TEXT);
}

/** One whole, unfragmented binary frame of a server. */
export function frameBinary(payload: Uint8Array): Uint8Array {
  return frame(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength), OPCODE_BINARY);
}

function frame(payload: Buffer, opcode: number): Uint8Array {
  return Buffer.concat(
    framer.frame(payload, { fin: true, opcode, mask: false, rsv1: false, readOnly: true }),
  );
}

/** Exported by ws, though not by its types; an update that drops it must fail at the start, not at the first fact. */
function findFramer(): Framer {
  const sender: unknown = Reflect.get(ws, 'Sender');
  if (!isFramer(sender)) throw new TypeError('this version of ws has no Sender.frame');
  return sender;
}

function isFramer(value: unknown): value is Framer {
  return typeof value === 'function' && 'frame' in value && typeof value.frame === 'function';
}
