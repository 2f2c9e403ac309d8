/** Those in a room who only look on: sockets in a process of their own that read and forget. */
import { connect, type Socket } from 'node:net';
import { setPriority } from 'node:os';

/** Join a room. Answered when all have. `leave` afterwards is answered with how many were shown out meanwhile. */
export interface ToAudience {
  readonly url: string;
  readonly path: string;
  readonly sockets: number;
}

/** Handshakes that are under way at the same time. */
const AT_ONCE = 50;

/** Of the process: the processor is first of all for the server and for those who are measured. */
const NICENESS = 10;

const open: Socket[] = [];
let lost = 0;
let isLeaving = false;

setPriority(NICENESS);

function join({ url, path }: ToAudience): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${path}?userId=audience HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  open.push(socket);
  socket.on('close', () => {
    if (!isLeaving) lost += 1;
  });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('data', (head) => {
      if (head.toString('latin1', 0, 12).endsWith('101')) resolve();
      else reject(new Error(`refused: ${head}`));
      socket.on('data', () => undefined);
    });
  });
}

process.on('message', (order: ToAudience | 'leave') => {
  if (order === 'leave') {
    isLeaving = true;
    process.send?.(lost);
    return;
  }
  void (async () => {
    for (let left = order.sockets; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => join(order)));
    }
    process.send?.('ready');
  })();
});
