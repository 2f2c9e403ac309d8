import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

/** A relay that tells at any HTTP address what memory it needs; the names are those of the product. */
export async function startRelayServer(): Promise<{ relay: WebSocketServer; url: string }> {
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
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { relay, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
