/** The server's wish for a snapshot, kept until the client is far enough to grant it. */
export class SnapshotOffer {
  readonly #make: () => Uint8Array | undefined;
  #requested: number | undefined;
  #isTooLarge = false;
  #isOnItsWay = false;

  /** @param make - the whole document now; `undefined`: not from this client */
  constructor(make: () => Uint8Array | undefined) {
    this.#make = make;
  }

  /** @param version - the least that it must hold */
  request(version: number): void {
    this.#requested = version;
  }

  /** @param version - what the client has now. @returns what to send, once for each request */
  take(version: number): Uint8Array | undefined {
    if (this.#requested === undefined || version < this.#requested) return undefined;
    this.#requested = undefined;
    const snapshot = this.#isTooLarge ? undefined : this.#make();
    this.#isOnItsWay ||= snapshot !== undefined;
    return snapshot;
  }

  /** Its socket ended. */
  close(): void {
    this.#requested = undefined;
    this.#isOnItsWay = false;
  }

  /** A frame was too large for the server. @returns whether it was the snapshot; then there are no further ones */
  blameTooLarge(): boolean {
    this.#isTooLarge ||= this.#isOnItsWay;
    return this.#isOnItsWay;
  }
}
