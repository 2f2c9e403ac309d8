import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { expect } from 'chai';
import { WebSocket, WebSocketServer } from 'ws';
import { frameBinary, frameText } from '../../http/sockets/frames.ts';

/** A pair of ws sockets as the server makes them, and the socket of the upgrade. */
async function connectPair() {
  const handshake = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = new Promise<{ ws: WebSocket; socket: Socket }>((resolve) => {
    server.on('upgrade', (request, stream, head) => {
      if (!(stream instanceof Socket)) return;
      handshake.handleUpgrade(request, stream, head, (ws) => resolve({ ws, socket: stream }));
    });
  });
  const client = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: true });
  const heard: { data: Buffer; isBinary: boolean }[] = [];
  client.on('message', (data, isBinary) => heard.push({ data: data as Buffer, isBinary }));
  const closed = new Promise<number>((resolve) => client.on('close', resolve));
  const { ws, socket } = await accepted;
  await once(client, 'open');
  const end = async (): Promise<void> => {
    client.terminate();
    ws.terminate();
    await new Promise((resolve) => server.close(resolve));
  };
  return { client, heard, closed, ws, socket, end };
}

const text = (size: number): string => 'ä'.repeat(Math.floor(size / 2)) + 'x'.repeat(size % 2);

describe('frames', () => {
  it('are whole, unmasked, unfragmented frames of the length that the payload asks for', () => {
    for (const size of [0, 1, 125, 126, 65_535, 65_536, 100_001]) {
      const frame = Buffer.from(frameText(text(size)));
      const headSize = size < 126 ? 2 : size < 65_536 ? 4 : 10;
      expect(frame[0]).to.equal(0x81);
      expect(frame.length).to.equal(headSize + size);
      expect((frame[1] ?? 0) & 0x80).to.equal(0);
      expect(frame.subarray(headSize).toString()).to.equal(text(size));
    }
    expect(frameBinary(Uint8Array.of(1, 2, 3))).to.deep.equal(Buffer.from([0x82, 3, 1, 2, 3]));
  });

  it('are read by a ws client as they were meant, many in one write', async () => {
    const { socket, heard, client, end } = await connectPair();
    const texts = [0, 1, 125, 126, 65_535, 65_536].map(text);
    socket.write(Buffer.concat([...texts.map(frameText), frameBinary(Uint8Array.of(9, 8))]));
    while (heard.length < texts.length + 1) await once(client, 'message');
    expect(heard.slice(0, -1).map(({ data }) => data.toString())).to.deep.equal(texts);
    expect(heard.at(-1)).to.deep.equal({ data: Buffer.from([9, 8]), isBinary: true });
    await end();
  });

  it('do not change bytes that they share', () => {
    const payload = Uint8Array.of(1, 2, 3);
    frameBinary(payload);
    expect(payload).to.deep.equal(Uint8Array.of(1, 2, 3));
  });

  it('go to the socket that ws itself writes to', async () => {
    const { ws, socket, end } = await connectPair();
    expect(Reflect.get(ws, '_socket')).to.equal(socket);
    await end();
  });

  it('find compression off, even for a client that offers it', async () => {
    const { ws, client, end } = await connectPair();
    expect(ws.extensions).to.equal('');
    expect(client.extensions).to.equal('');
    await end();
  });

  it('keep their place among what ws sends, pings and closes in the same turn', async () => {
    const { ws, socket, heard, client, closed, end } = await connectPair();
    const pings: string[] = [];
    client.on('ping', (data) => pings.push(`${data}@${heard.length}`));
    const big = text(200_000);
    socket.write(frameText('1'));
    ws.send(big);
    socket.write(Buffer.concat([frameText('3'), frameText('4')]));
    ws.ping('p');
    socket.write(frameText('5'));
    ws.send('6');
    ws.close(4404, 'gone');
    expect(await closed).to.equal(4404);
    expect(heard.map(({ data }) => data.toString())).to.deep.equal(['1', big, '3', '4', '5', '6']);
    expect(pings).to.deep.equal(['p@4']);
    await end();
  });

  it('wait in the socket where the writer of ws waits', async () => {
    const { ws, socket, client, end } = await connectPair();
    client.pause();
    const frame = frameBinary(new Uint8Array(1_000_000));
    while (socket.writableLength === 0) socket.write(frame);
    const waiting = socket.writableLength;
    ws.send('x');
    expect(socket.writableLength).to.equal(waiting + 3);
    expect(ws.bufferedAmount).to.equal(waiting + 3);
    await end();
  });
});
