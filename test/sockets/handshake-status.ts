import { WebSocket } from 'ws';

/** Status of the answer to a handshake: 101 where it is accepted. */
export const handshakeStatus = (url: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const ws = new WebSocket(url);
    ws.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode);
    });
    ws.on('open', () => resolve(101));
    ws.on('error', () => undefined);
  });
