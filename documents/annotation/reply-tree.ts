/** Something that may reply to another of its kind. */
export interface Reply {
  readonly id: string;
  /** Fit to be seen, whatever its parent is. */
  alive: boolean;
  parent: string | null;
  /** Alive, and so is its parent, and so on up to one without a parent. */
  visible: boolean;
}

/** Who replies to whom, and who can be seen for it. Nothing keeps a Yjs client from making parents go in circles. */
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

  /** Whether `id` is `other`, or a reply to it, or to one of its replies, and so on. `id` must be visible. */
  isUnder(id: string, other: string): boolean {
    for (let at: string | null = id; at !== null; at = this.#nodes.get(at)?.parent ?? null) {
      if (at === other) return true;
    }
    return false;
  }

  /** A visible node and all its visible replies; by id, whatever the history was. */
  withReplies(id: string): string[] {
    const ids = [id];
    for (const at of ids) {
      for (const child of this.#children.get(at) ?? []) {
        if (this.#nodes.get(child)?.visible) ids.push(child);
      }
    }
    return ids.sort();
  }

  /** Puts a node in its place; whether somebody's visibility may be another now: then {@link settle} must follow. */
  place(node: T, alive: boolean, parent: string | null): boolean {
    if (node.alive === alive && node.parent === parent) return false;
    node.alive = alive;
    if (node.parent !== parent) {
      if (node.parent !== null) this.#removeChild(node.parent, node.id);
      if (parent !== null) this.#addChild(parent, node.id);
      node.parent = parent;
    }
    return true;
  }

  /**
   * Decides anew who is visible among the nodes and all their replies: from those without a parent, or under one that
   * is not concerned, downwards. Whoever is not reached, as the members of a cycle are not, is not visible.
   *
   * @returns those for whom it changed.
   */
  settle(nodes: readonly T[]): T[] {
    if (nodes.length === 0) return [];
    const before = new Map<T, boolean>();
    const stack = [...nodes];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (before.has(node)) continue;
      before.set(node, node.visible);
      this.#pushChildren(node, stack);
    }
    for (const node of before.keys()) {
      const parent = node.parent === null ? undefined : this.#nodes.get(node.parent);
      if (node.parent === null || (parent?.visible === true && !before.has(parent))) stack.push(node);
      node.visible = false;
    }
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (!node.alive || node.visible) continue;
      node.visible = true;
      this.#pushChildren(node, stack);
    }
    const flipped: T[] = [];
    for (const [node, was] of before) if (node.visible !== was) flipped.push(node);
    return flipped;
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
