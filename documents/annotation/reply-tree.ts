/**
 * How something is seen: `attached` where it has no parent, or one that is seen too; `orphaned` where its parent is not
 * seen any more and it stays behind.
 */
export type Sight = 'hidden' | 'attached' | 'orphaned';

/** What decides where something stands among the others. */
export interface Standing {
  /** Fit to be seen, whatever its parent is. */
  readonly alive: boolean;
  readonly parent: string | null;
  /** Can do without its parent, where that is something that can be outlived. */
  readonly hasPlace: boolean;
}

/** Something that may reply to another of its kind. */
export interface Reply extends Standing {
  readonly id: string;
  alive: boolean;
  parent: string | null;
  hasPlace: boolean;
  sight: Sight;
  /** It is, or was seen once as, something that what has a place can outlive. */
  isAnchor: boolean;
}

export const isSeen = ({ sight }: Pick<Reply, 'sight'>): boolean => sight !== 'hidden';

/**
 * Who replies to whom, and who can be seen for it. Nothing keeps a Yjs client from making parents go in circles. Replies
 * that have a place, to anchors, are left behind when those go; all others go with their parent.
 */
export class ReplyTree<T extends Reply> {
  readonly #nodes = new Map<string, T>();
  readonly #children = new Map<string, Set<string>>();

  get(id: string): T | undefined {
    return this.#nodes.get(id);
  }

  add(node: T): void {
    this.#nodes.set(node.id, node);
  }

  delete(node: T): void {
    this.#nodes.delete(node.id);
  }

  values(): IterableIterator<T> {
    return this.#nodes.values();
  }

  /** What a node replies to, where there is such a thing. */
  parentOf({ parent }: T): T | undefined {
    return parent === null ? undefined : this.#nodes.get(parent);
  }

  /** What replies to a node itself, seen or not. */
  repliesTo({ id }: T): T[] {
    return [...(this.#children.get(id) ?? [])].flatMap((child) => this.#nodes.get(child) ?? []);
  }

  /** Whether `id` is `other`, or a reply to it, or to one of its replies, and so on, seen or not. */
  isUnder(id: string, other: string): boolean {
    // Above an orphan there may be a cycle.
    const passed = new Set<string>();
    for (let at: string | null = id; at !== null && !passed.has(at); ) {
      if (at === other) return true;
      passed.add(at);
      at = this.#nodes.get(at)?.parent ?? null;
    }
    return false;
  }

  /** A node that is seen and all of those below it that go with it; by id, whatever the history was. */
  withReplies(id: string): string[] {
    const ids = [id];
    for (const at of ids) {
      const isAnchor = this.#nodes.get(at)?.isAnchor === true;
      for (const childId of this.#children.get(at) ?? []) {
        const child = this.#nodes.get(childId);
        if (child && isSeen(child) && !(isAnchor && child.hasPlace)) ids.push(childId);
      }
    }
    return ids.sort();
  }

  /** Puts a node in its place; whether how it is seen may be another now: then {@link settle} must follow. */
  place(node: T, { alive, parent, hasPlace }: Standing): boolean {
    if (node.alive === alive && node.parent === parent && node.hasPlace === hasPlace) return false;
    node.alive = alive;
    node.hasPlace = hasPlace;
    if (node.parent !== parent) {
      if (node.parent !== null) this.#removeChild(node.parent, node.id);
      if (parent !== null) this.#addChild(parent, node.id);
      node.parent = parent;
    }
    return true;
  }

  /**
   * Decides anew how the nodes and all below them are seen: from those downwards that need no parent to be decided, so
   * that each parent is decided before its replies. The members of a cycle are hidden, also those that have a place:
   * their parent is one of their own replies.
   *
   * @returns those for whom it changed.
   */
  settle(nodes: readonly T[]): T[] {
    if (nodes.length === 0) return [];
    const before = this.#sightsBelow(nodes);
    const tops: T[] = [];
    for (const node of before.keys()) {
      const parent = this.parentOf(node);
      if (!node.alive || parent === undefined || !before.has(parent)) tops.push(node);
    }
    const decided = new Set<T>();
    this.#decideBelow(tops, decided);
    if (decided.size < before.size) this.#decideCycles(before.keys(), decided);
    const changed: T[] = [];
    for (const [node, sight] of before) if (node.sight !== sight) changed.push(node);
    return changed;
  }

  #sightsBelow(nodes: readonly T[]): Map<T, Sight> {
    const sights = new Map<T, Sight>();
    const stack = [...nodes];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (sights.has(node)) continue;
      sights.set(node, node.sight);
      this.#pushChildren(node, stack);
    }
    return sights;
  }

  #decideBelow(tops: readonly T[], decided: Set<T>): void {
    const stack = [...tops];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (decided.has(node)) continue;
      decided.add(node);
      node.sight = this.#sightOf(node);
      this.#pushChildren(node, stack);
    }
  }

  #sightOf(node: T): Sight {
    if (!node.alive) return 'hidden';
    if (node.parent === null) return 'attached';
    const parent = this.#nodes.get(node.parent);
    if (parent === undefined) return 'hidden';
    if (isSeen(parent)) return 'attached';
    return node.hasPlace && parent.isAnchor ? 'orphaned' : 'hidden';
  }

  /** What no top leads to is on a cycle, or below one. Each node is walked over once on the way up. */
  #decideCycles(nodes: Iterable<T>, decided: Set<T>): void {
    const walks = new Map<T, number>();
    const members: T[] = [];
    let walk = 0;
    for (const start of nodes) {
      walk += 1;
      let node: T | undefined = start;
      while (node !== undefined && !decided.has(node) && !walks.has(node)) {
        walks.set(node, walk);
        node = this.parentOf(node);
      }
      if (node === undefined || walks.get(node) !== walk) continue;
      // The walk has come back to itself.
      for (let member: T | undefined = node; member !== undefined && !decided.has(member); ) {
        decided.add(member);
        member.sight = 'hidden';
        members.push(member);
        member = this.parentOf(member);
      }
    }
    const below: T[] = [];
    for (const member of members) this.#pushChildren(member, below);
    this.#decideBelow(below, decided);
  }

  #pushChildren(node: T, stack: T[]): void {
    for (const id of this.#children.get(node.id) ?? []) {
      const child = this.#nodes.get(id);
      if (child) stack.push(child);
    }
  }

  #addChild(parent: string, id: string): void {
    const children = this.#children.get(parent);
    if (children) children.add(id);
    else this.#children.set(parent, new Set([id]));
  }

  #removeChild(parent: string, id: string): void {
    const children = this.#children.get(parent);
    children?.delete(id);
    if (children?.size === 0) this.#children.delete(parent);
  }
}
