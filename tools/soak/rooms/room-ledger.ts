import * as Y from 'yjs';
import type { Annotation } from '../../../protocol/entities.ts';

/** What one room has promised to its clients, and what it did not keep. Nothing here is ever taken back. */
export class RoomLedger {
  readonly violations: string[] = [];
  /** Everything that the room door acknowledged, or showed to anybody: no client is shown what is not durable. */
  readonly #promised = new Y.Doc();
  /** By REST, each in the newest state that was answered or told. */
  readonly #annotations = new Map<string, Annotation>();
  /** Frames of `/v1/realtime` by their seq, as the first reader heard them. */
  readonly #told = new Map<number, string>();
  #head = 0;
  acks = 0;
  answers = 0;

  /** The largest seq that anybody knows of. */
  get head(): number {
    return this.#head;
  }

  /** What is promised at this moment, as one update. */
  get promised(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#promised);
  }

  get annotations(): readonly Annotation[] {
    return [...this.#annotations.values()];
  }

  broken(what: string): void {
    this.violations.push(what);
  }

  sees(seq: number): void {
    this.#head = Math.max(this.#head, seq);
  }

  promise(update: Uint8Array): void {
    Y.applyUpdate(this.#promised, update);
  }

  /** An annotation as it was answered or told: it can only be replaced by a newer one. */
  knows(annotation: Annotation, who: string): void {
    const known = this.#annotations.get(annotation.id);
    if (known === undefined || known.version < annotation.version) {
      this.#annotations.set(annotation.id, annotation);
      return;
    }
    if (known.version === annotation.version && !isSameJson(known, annotation)) {
      this.broken(
        `${who} was given ${annotation.id} at version ${annotation.version} as ${JSON.stringify(annotation)}, others as ${JSON.stringify(known)}`,
      );
    }
  }

  /** A frame of `/v1/realtime`: whoever hears of this event hears this. */
  tells(seq: number, frame: string, who: string): void {
    this.sees(seq);
    const told = this.#told.get(seq);
    if (told === undefined) this.#told.set(seq, frame);
    else if (told !== frame && !isSameJson(JSON.parse(told), JSON.parse(frame))) {
      this.broken(`${who} was told ${frame} at ${seq}, others ${told}`);
    }
  }

  destroy(): void {
    this.#promised.destroy();
  }
}

/** Equality of JSON whatever the order of keys. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
