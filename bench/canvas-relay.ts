/**
 * What one writes first, and what older canvases are: each pixel is one JSON message, which goes to everybody as soon as
 * it comes. Stores nothing, and holds nobody to a limit.
 */
import { startRelayServer } from './relay-server.ts';

const { relay, url } = await startRelayServer();
let painters = 0;
relay.on('connection', (socket) => {
  painters += 1;
  const userId = `painter-${painters}`;
  socket.on('message', (data) => {
    const { x, y, color } = JSON.parse(String(data)) as Record<string, number>;
    const text = JSON.stringify({ type: 'pixel:update', x, y, color, userId, timestamp: Date.now() });
    for (const client of relay.clients) client.send(text);
  });
});
process.send?.(url);
