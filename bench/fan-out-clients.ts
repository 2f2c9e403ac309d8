import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { DOCUMENT_ID, type ToClients, type Way } from './fan-out-orders.ts';

const HANDSHAKE =
  `GET /v1/realtime?document_id=${DOCUMENT_ID} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
/** Joins are told to all who are there: they are over when nothing came for so long. */
const QUIET_MS = 100;

let received = 0;
let isReporting = false;
let control: Socket | undefined;
const open: Record<Way, Socket[]> = { troupe: [], relay: [] };

/** Counts the frames of a server by their headers, without reading them. */
class FrameCounter {
  isUpgraded = false;
  #head: Buffer = Buffer.alloc(0);
  /** Bytes of the present frame that are still to come. */
  #skip = 0;

  count(chunk: Buffer): number {
    let bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    this.#head = Buffer.alloc(0);
    if (!this.isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#head = bytes;
        return 0;
      }
      this.isUpgraded = true;
      bytes = bytes.subarray(end + 4);
    }
    let frames = 0;
    let at = this.#skip;
    this.#skip = 0;
    while (at < bytes.length) {
      const size = (bytes[at + 1] ?? 0) & 0x7f;
      const head = size < 126 ? 2 : size === 126 ? 4 : 10;
      if (at + head > bytes.length) {
        this.#head = Buffer.from(bytes.subarray(at));
        return frames;
      }
      const length =
        size < 126 ? size : size === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUIntBE(at + 4, 6);
      frames += 1;
      at += head + length;
    }
    this.#skip = at - bytes.length;
    return frames;
  }
}

/** One report per turn in which something came. */
function report(): void {
  isReporting = false;
  control?.write(`${received}\n`);
}

async function join(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  const counter = new FrameCounter();
  socket.write(HANDSHAKE);
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received += counter.count(chunk);
      if (counter.isUpgraded) resolve();
      if (isReporting) return;
      isReporting = true;
      setImmediate(report);
    });
  });
  return socket;
}

async function growTo({ ports, sockets }: ToClients): Promise<void> {
  if (control === undefined) {
    control = connect(ports.control, '127.0.0.1');
    await once(control, 'connect');
  }
  for (const way of ['troupe', 'relay'] as const) {
    while (open[way].length < sockets) {
      const missing = Math.min(100, sockets - open[way].length);
      open[way].push(...(await Promise.all(Array.from({ length: missing }, () => join(ports[way])))));
    }
  }
  for (let last = -1; last !== received; ) {
    last = received;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

process.on('message', (order: ToClients) => {
  void growTo(order).then(() => process.send?.('ready'));
});
