import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A POST of which only the head and some of the body is sent so far. */
export interface HalfRequest {
  /** Sends what is missing; resolves with everything that the server answered until it ended the connection. */
  finish(): Promise<string>;
  drop(): void;
}

/** Opens a request and leaves it unfinished. Resolves once its bytes are handed to the network. */
export async function beginPost(port: number, path: string, body: object): Promise<HalfRequest> {
  const bytes = Buffer.from(JSON.stringify(body));
  const socket: Socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // the server may cut it; the answer so far tells
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const closed = once(socket, 'close');
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: troupe',
    'Content-Type: application/json',
    `Content-Length: ${bytes.length}`,
    'Connection: close',
  ];
  const half = bytes.length >> 1;
  await new Promise((resolve) => {
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(bytes.subarray(0, half), resolve);
  });
  return {
    async finish() {
      socket.write(bytes.subarray(half));
      await closed;
      return answer;
    },
    drop: () => socket.destroy(),
  };
}

/** Sends bytes as they are; resolves with everything that the server answered until it ended the connection. */
export async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    answer += part;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}
