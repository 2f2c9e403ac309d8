import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server of pictures on this machine. */
export interface ImageHost {
  readonly port: number;
  /** Address of a file. */
  url(name: string): string;
  /** How often a file was asked for. */
  asked(name: string): number;
  stop(): Promise<void>;
}

/** Serves files by name; another name is 404. */
export async function startImageHost(files: Readonly<Record<string, Uint8Array>>): Promise<ImageHost> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const bytes = files[name];
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    asked: (name) => counts.get(name) ?? 0,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
