import { RealServer } from '../client/real-server.ts';
import { type Chromium, describeInBrowser, type Visitor } from './browser-suite.ts';
import { type ModuleHost, startModuleHost } from './module-host.ts';

/** What the client is made of, and applications with it. */
const PACKAGES = ['yjs', 'lib0', 'y-protocols', 'uuid'];

/** A server, and pages of an application that uses a client of it. */
export class ClientPages {
  readonly #chromium: Chromium;
  #host: ModuleHost | undefined;
  #server: RealServer | undefined;

  constructor(chromium: Chromium) {
    this.#chromium = chromium;
  }

  get server(): RealServer {
    if (this.#server === undefined) throw new Error('the server starts before the first test');
    return this.#server;
  }

  async start(script: string): Promise<void> {
    this.#host = await startModuleHost(PACKAGES, script);
    // The page comes from elsewhere, as that of an application does.
    this.#server = await RealServer.start('sqlite', { CORS_ORIGINS: this.#host.origin });
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await this.#host?.stop();
  }

  /** Somebody with a browser of their own, once the page says `window.isReady`. */
  async open(parameters: Readonly<Record<string, string>> = {}): Promise<Visitor> {
    const visitor = await this.#chromium.open();
    const query = new URLSearchParams({ server: this.server.url, ...parameters });
    await visitor.page.goto(`${this.#host?.origin}/?${query}`);
    await visitor.page.waitForFunction('window.isReady');
    return visitor;
  }
}

/**
 * A suite of a client in a browser.
 *
 * @param script - of the page, which may import {@link PACKAGES} and `/client/index.js`; its address says where the `server` is
 */
export function describeClient(title: string, script: string, suite: (pages: ClientPages) => void): void {
  describeInBrowser(title, {}, (chromium) => {
    const pages = new ClientPages(chromium);
    before(() => pages.start(script));
    after(() => pages.stop());
    suite(pages);
  });
}
