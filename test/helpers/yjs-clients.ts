import { WebSocket } from 'ws';
import { WebsocketProvider as ProviderV3 } from 'y-websocket';
import { WebsocketProvider as ProviderV2 } from 'y-websocket-2';
import * as Y from 'yjs';

export type Provider = ProviderV3;

/** The packages as they are published; what is used of them here has not changed. */
export const PROVIDERS = {
  'y-websocket 2.1': ProviderV2 as unknown as typeof ProviderV3,
  'y-websocket 3.1': ProviderV3,
} as const;
export type ProviderName = keyof typeof PROVIDERS;
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as ProviderName[];

/** Providers of one test, each with a document of its own. */
export class YjsClients {
  readonly #name: ProviderName;
  readonly #url: () => string;
  readonly #open = new Set<Provider>();

  /** @param url of the HTTP server */
  constructor(name: ProviderName, url: () => string) {
    this.#name = name;
    this.#url = url;
  }

  /** As an application does it, but that tabs of one browser do not talk past the server. */
  connect(documentId: string, options: { doc?: Y.Doc; params?: Record<string, string> } = {}): Provider {
    const { doc = new Y.Doc(), params = {} } = options;
    const provider = new PROVIDERS[this.#name](
      `${this.#url().replace(/^http/, 'ws')}/v1/yjs`,
      documentId,
      doc,
      {
        WebSocketPolyfill: WebSocket as never,
        disableBc: true,
        maxBackoffTime: 200,
        params,
      },
    );
    this.#open.add(provider);
    return provider;
  }

  async join(
    documentId: string,
    options: { doc?: Y.Doc; params?: Record<string, string> } = {},
  ): Promise<Provider> {
    const provider = this.connect(documentId, options);
    await until(provider, () => provider.synced);
    return provider;
  }

  closeAll(): void {
    for (const provider of this.#open) {
      provider.destroy();
      provider.doc.destroy();
    }
    this.#open.clear();
  }
}

/** Resolves once it holds; looked at again whenever the document, its awareness or the connection changes. */
export function until(provider: Provider, holds: () => boolean): Promise<void> {
  const { doc, awareness } = provider;
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      doc.off('update', look);
      awareness.off('change', look);
      provider.off('status', look);
      provider.off('sync', look);
      resolve();
    };
    doc.on('update', look);
    awareness.on('change', look);
    provider.on('status', look);
    provider.on('sync', look);
    look();
  });
}

/** What somebody shows of itself, as another one sees it. */
export const stateOf = (seenBy: Provider, of: { readonly doc: Y.Doc }): unknown =>
  seenBy.awareness.getStates().get(of.doc.clientID);
