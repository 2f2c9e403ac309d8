/** The server that y-websocket 2 brings: it merges updates into a document in memory, and stores nothing. */
import { createRequire } from 'node:module';
import { startRelayServer } from './relay-server.ts';

const { setupWSConnection } = createRequire(import.meta.url)('y-websocket-2/bin/utils') as {
  readonly setupWSConnection: (socket: unknown, request: unknown) => void;
};
const { relay, url } = await startRelayServer();
relay.on('connection', setupWSConnection);
process.send?.(url);
