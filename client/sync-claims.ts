import type { ConnectionStatus } from './connection-status.ts';
import { Emitter } from './emitter.ts';

export interface SyncEvents {
  status: ConnectionStatus;
  /** Everything that the server had when we (re)joined is in the document. */
  synced: boolean;
  /** Every change of this document is on the server's disk. */
  saved: boolean;
}

/** What a provider claims about the server; true at every moment, because it only says so when it is. */
export abstract class SyncClaims<Events extends SyncEvents> extends Emitter<Events> {
  #isSynced = false;
  #isSaved: boolean;

  /** @param isSaved whether there is nothing that would have to be saved */
  constructor(isSaved: boolean) {
    super();
    this.#isSaved = isSaved;
  }

  get synced(): boolean {
    return this.#isSynced;
  }

  get saved(): boolean {
    return this.#isSaved;
  }

  /** Resolves as soon as `synced` is true. Rejects where the connection is closed for good. */
  whenSynced(): Promise<void> {
    return this.#when('synced');
  }

  /** Resolves as soon as `saved` is true. Rejects where the connection is closed for good. */
  whenSaved(): Promise<void> {
    return this.#when('saved');
  }

  /** Why there will be no further change; `undefined` while there may be. */
  protected abstract closedError(): Error | undefined;

  protected setSynced(isSynced: boolean): void {
    if (isSynced === this.#isSynced) return;
    this.#isSynced = isSynced;
    this.emit('synced', isSynced as Events['synced']);
  }

  protected setSaved(isSaved: boolean): void {
    if (isSaved === this.#isSaved) return;
    this.#isSaved = isSaved;
    this.emit('saved', isSaved as Events['saved']);
  }

  #when(name: 'synced' | 'saved'): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const error = this[name] ? undefined : this.closedError();
        if (!this[name] && error === undefined) return;
        for (const stop of stops) stop();
        if (error === undefined) resolve();
        else reject(error);
      };
      const stops = [this.on(name, look), this.on('status', look)];
      look();
    });
  }
}
