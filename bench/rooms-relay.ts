/**
 * What one writes first: a binary message goes to all others at the same path as it came, and its sender is told so.
 * Stores nothing. `?bytes=` in the address: who comes there is given so many first.
 */
import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import { startRelayServer } from './relay-server.ts';

const { relay, url: address } = await startRelayServer();
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
process.send?.(address);
