/** What one writes first: every message goes to all others as it came, and its sender is told so. Stores nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = createServer();
const relay = new WebSocketServer({ server, perMessageDeflate: false });
let seq = 0;
relay.on('connection', (sender) => {
  sender.on('message', (data) => {
    const text = String(data);
    const { opId } = JSON.parse(text) as { readonly opId: string };
    seq += 1;
    for (const client of relay.clients) if (client !== sender) client.send(text);
    sender.send(JSON.stringify({ type: 'ack', opId, seq }));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
