import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '../../protocol/problem.ts';
import { createImageFetcher, type ImageFetcher, type ImageFetchOptions } from '../../render/image-fetch.ts';

export const PIXELS = Buffer.from('not really a picture');

/** How a fetch ended: `fetched`, or the code of its problem. */
export const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fetched',
    (error: unknown) => (error instanceof Problem ? error.code : `thrown: ${String(error)}`),
  );

/** Servers on free ports of the loopback, of which the first is the one that images are fetched from. */
export class ImageFetchHost {
  /** What it says to a request; by itself it gives `PIXELS`. */
  answer: RequestListener = (_request, response) => response.end(PIXELS);
  /** Paths that it was asked for. */
  readonly asked: string[] = [];
  readonly servers: Server[] = [];
  port = 0;

  static async start(): Promise<ImageFetchHost> {
    const host = new ImageFetchHost();
    host.port = await host.serve((request, response) => {
      host.asked.push(request.url ?? '');
      host.answer(request, response);
    });
    return host;
  }

  /** Another server. @returns its port */
  async serve(listener: RequestListener): Promise<number> {
    const server = createServer(listener);
    this.servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const server of this.servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** May reach this host, by address only. */
  fetcher(options: ImageFetchOptions = {}): ImageFetcher {
    return createImageFetcher({ allowHosts: [`127.0.0.1:${this.port}`], ...options });
  }

  url(path = '/a.png'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }
}
