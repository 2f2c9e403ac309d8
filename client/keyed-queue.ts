/**
 * A queue whose members are found, and can be taken out, by their key. (Whoever asks a Map for its oldest entry walks over
 * all that were deleted before it: a queue of 100,000 would take ten seconds to empty.)
 */
export class KeyedQueue<Member> {
  readonly #members: Map<string, Member>;
  /** Goes on behind the last one that was taken. Only asked where there is one: it never comes to an end. */
  readonly #oldest: Iterator<[string, Member]>;

  /** @param members oldest first */
  constructor(members: Iterable<readonly [string, Member]> = []) {
    this.#members = new Map(members);
    this.#oldest = this.#members.entries();
  }

  get size(): number {
    return this.#members.size;
  }

  /** All, oldest first. */
  values(): IterableIterator<Member> {
    return this.#members.values();
  }

  /** With their keys, oldest first. */
  entries(): IterableIterator<[string, Member]> {
    return this.#members.entries();
  }

  get(key: string): Member | undefined {
    return this.#members.get(key);
  }

  /** @param key that is not in the queue */
  add(key: string, member: Member): void {
    this.#members.set(key, member);
  }

  delete(key: string): void {
    this.#members.delete(key);
  }

  /** Takes the oldest out. */
  shift(): [key: string, member: Member] | undefined {
    if (this.#members.size === 0) return undefined;
    const [key, member] = this.#oldest.next().value;
    this.#members.delete(key);
    return [key, member];
  }
}
