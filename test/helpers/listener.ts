import { randomUUID } from 'node:crypto';
import type { Door, Notice, Subscriber } from '../../actors/door.ts';
import type { ConnectionId, UserId } from '../../protocol/ids.ts';

/** Encodes each notice as a line of JSON; counts how often it was asked to. */
export class LineDoor implements Door {
  readonly name = 'lines';
  encoded = 0;

  encode(notice: Notice): Uint8Array {
    this.encoded++;
    return Buffer.from(`${JSON.stringify(notice)}\n`);
  }
}

export const lineDoor = new LineDoor();

/** A subscriber that writes down what it is told. */
export class Listener implements Subscriber {
  readonly connectionId = randomUUID() as ConnectionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly door: Door;
  readonly notices: Notice[] = [];
  readonly writes: { bytes: Uint8Array; droppable: boolean }[] = [];
  closed: { code: number; reason: string } | undefined;
  #waiting: { enough: () => boolean; resolve: () => void }[] = [];

  constructor(name = 'listener', door: Door = lineDoor) {
    this.userId = name as UserId;
    this.displayName = name;
    this.door = door;
  }

  deliver(bytes: Uint8Array, droppable: boolean): void {
    this.writes.push({ bytes, droppable });
    for (const line of Buffer.from(bytes).toString('utf8').split('\n')) {
      if (line !== '') this.notices.push(JSON.parse(line) as Notice);
    }
    this.#wake();
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
    this.#wake();
  }

  /** Resolves once `enough` holds; asked again after each delivery. */
  until(enough: (listener: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ enough: () => enough(this), resolve });
      this.#wake();
    });
  }

  of<Type extends Notice['type']>(type: Type): Extract<Notice, { type: Type }>[] {
    return this.notices.filter((notice): notice is Extract<Notice, { type: Type }> => notice.type === type);
  }

  get seqs(): number[] {
    return this.of('fact').map(({ seq }) => seq);
  }

  #wake(): void {
    this.#waiting = this.#waiting.filter(({ enough, resolve }) => {
      if (!enough()) return true;
      resolve();
      return false;
    });
  }
}

/** Lets everything happen that was put off to the end of this turn of the event loop. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
