/**
 * What one writes first: a binary message goes to all others at the same path as it came, and its sender is told so.
 * Stores nothing. `?bytes=` in the address: who comes there is given so many first.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The names are those of the product. */
const server = createServer((_request, response) => {
  const { rss, heapUsed, external } = process.memoryUsage();
  const figures = {
    process_resident_memory_bytes: rss,
    nodejs_heap_size_used_bytes: heapUsed,
    nodejs_external_memory_bytes: external,
    connected_clients: relay.clients.size,
  };
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(figures));
});
const relay = new WebSocketServer({ server, perMessageDeflate: false });
const rooms = new Map<string, Set<WebSocket>>();
const states = new Map<number, Buffer>();
let seq = 0;
relay.on('connection', (sender, { url = '/' }) => {
  const { pathname, searchParams } = new URL(url, 'http://relay');
  const room = rooms.get(pathname) ?? new Set();
  rooms.set(pathname, room.add(sender));
  sender.on('close', () => {
    room.delete(sender);
    if (room.size === 0) rooms.delete(pathname);
  });
  const bytes = Number(searchParams.get('bytes'));
  if (bytes > 0) {
    const state = states.get(bytes) ?? randomBytes(bytes);
    states.set(bytes, state);
    sender.send(state);
  }
  sender.on('message', (update) => {
    seq += 1;
    for (const client of room) if (client !== sender) client.send(update, { binary: true });
    sender.send(JSON.stringify({ type: 'ack', seq }));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
