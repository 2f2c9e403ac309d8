import { connect, type Socket } from 'node:net';

const OPCODE_TEXT = 1;
const OPCODE_BINARY = 2;
const OPCODE_CLOSE = 8;

/**
 * A WebSocket client that costs next to nothing, so that it is the server that is measured: it masks with zeros and
 * hands out payloads without decoding them.
 */
export class TextSocket {
  /** Is given the payload of each text frame. It is only valid during the call. */
  onFrame: (payload: Buffer) => void = () => undefined;
  /** The same of each binary frame. */
  onBinary: (payload: Buffer) => void = () => undefined;
  /** The other side has ended it. */
  onClose: () => void = () => undefined;
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @param onFrame, onBinary hear the first frames too, which may come with the answer to the handshake */
  static open(
    url: string,
    path: string,
    onFrame: (payload: Buffer) => void = () => undefined,
    onBinary: (payload: Buffer) => void = () => undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<TextSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `${more.join('')}` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const opened = new TextSocket(socket);
    opened.onFrame = onFrame;
    opened.onBinary = onBinary;
    return new Promise((resolve, reject) => {
      let head = Buffer.alloc(0);
      const upgrade = (chunk: Buffer): void => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', upgrade);
        if (!head.toString('latin1', 0, 12).endsWith('101')) {
          reject(new Error(`refused: ${head}`));
          return;
        }
        socket.on('data', (data) => opened.#read(data));
        opened.#read(head.subarray(end + 4));
        socket.on('close', () => opened.onClose());
        resolve(opened);
      };
      socket.on('data', upgrade);
      socket.on('error', reject);
    });
  }

  send(text: string): void {
    this.#send(OPCODE_TEXT, Buffer.from(text));
  }

  sendBinary(payload: Uint8Array): void {
    this.#send(OPCODE_BINARY, payload);
  }

  #send(opcode: number, payload: Uint8Array): void {
    const { length } = payload;
    const head = Buffer.alloc(length < 126 ? 6 : length < 65_536 ? 8 : 14);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (length < 126 ? length : length < 65_536 ? 126 : 127);
    if (head.length === 8) head.writeUInt16BE(length, 2);
    if (head.length === 14) head.writeUInt32BE(length, 6);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  /** Bytes that came, with the heads of frames. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  /** Reads nothing more, and stays. */
  stall(): void {
    this.#socket.pause();
  }

  close(): void {
    this.onClose = () => undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const size = (bytes[at + 1] ?? 0) & 0x7f;
      const start = at + (size < 126 ? 2 : size === 126 ? 4 : 10);
      if (start > bytes.length) break;
      const length =
        size < 126 ? size : size === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      if (start + length > bytes.length) break;
      const opcode = (bytes[at] ?? 0) & 0x0f;
      if (opcode === OPCODE_TEXT) this.onFrame(bytes.subarray(start, start + length));
      else if (opcode === OPCODE_BINARY) this.onBinary(bytes.subarray(start, start + length));
      else if (opcode === OPCODE_CLOSE) this.#socket.destroy();
      at = start + length;
    }
    this.#rest = bytes.subarray(at);
  }
}

/** Where the name of the type begins in `{"type":"..."`: enough to tell an ack from an update. */
const TYPE_AT = 9;
export const isError = (payload: Buffer): boolean => payload[TYPE_AT] === 0x65;
export const isAck = (payload: Buffer): boolean => payload[TYPE_AT] === 0x61;
/** `remote_update` of the product, `update` of the relay. */
export const isUpdate = (payload: Buffer): boolean => payload[TYPE_AT] === 0x72 || payload[TYPE_AT] === 0x75;
