import type * as Y from 'yjs';
import {
  type AnnotationGeometry,
  listAnnotations,
  observeAnnotations,
  type RoomAnnotation,
  readAnnotation,
} from '../../client/index.ts';

type Listener = () => void;

/**
 * The annotations of a board as they are to be seen, comments left out: each stays the same object until it changes, and
 * who shows one is told of that one only. A preview lies over an annotation while it is dragged, so that the hand's every
 * frame need not go into the document.
 */
export class AnnotationIndex {
  readonly #doc: Y.Doc;
  readonly #known = new Map<string, RoomAnnotation>();
  readonly #shown = new Map<string, RoomAnnotation>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #orderListeners = new Set<Listener>();
  readonly #anyListeners = new Set<(ids: ReadonlySet<string>) => void>();
  readonly #stop: () => void;
  #order: readonly string[] = [];
  #previews: ReadonlyMap<string, AnnotationGeometry> = new Map();

  constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#list();
    this.#stop = observeAnnotations(doc, ({ ids }) => this.#changed(ids));
  }

  /** Ids from the bottom to the top; the same array until it changes. */
  get order(): readonly string[] {
    return this.#order;
  }

  /** As it is to be seen now: with the preview. */
  get(id: string): RoomAnnotation | undefined {
    return this.#shown.get(id);
  }

  /** As the document has it. */
  settled(id: string): RoomAnnotation | undefined {
    return this.#known.get(id);
  }

  /** From the bottom to the top. */
  all(): RoomAnnotation[] {
    return this.#order.flatMap((id) => this.#shown.get(id) ?? []);
  }

  some(ids: Iterable<string>): RoomAnnotation[] {
    return [...ids].flatMap((id) => this.#shown.get(id) ?? []);
  }

  /** Shows annotations elsewhere than they are; replaces all previews that there were. */
  preview(previews: ReadonlyMap<string, AnnotationGeometry>): void {
    const ids = new Set([...this.#previews.keys(), ...previews.keys()]);
    this.#previews = previews;
    for (const id of ids) this.#show(id);
    this.#tell(ids);
  }

  /** @returns a function that ends it */
  subscribe(id: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(id);
    };
  }

  /** When annotations come, go or change places. @returns a function that ends it */
  subscribeOrder(listener: Listener): () => void {
    this.#orderListeners.add(listener);
    return () => this.#orderListeners.delete(listener);
  }

  /** Whenever any looks different, previews included. @returns a function that ends it */
  subscribeAny(listener: (ids: ReadonlySet<string>) => void): () => void {
    this.#anyListeners.add(listener);
    return () => this.#anyListeners.delete(listener);
  }

  destroy(): void {
    this.#stop();
  }

  #changed(ids: ReadonlySet<string>): void {
    let isOrdered = true;
    for (const id of ids) {
      const before = this.#known.get(id);
      const found = readAnnotation(this.#doc, id);
      const after = found?.type === 'comment' ? undefined : found;
      isOrdered &&= (before === undefined) === (after === undefined);
      isOrdered &&= (before?.style.z_index ?? 0) === (after?.style.z_index ?? 0);
      if (after === undefined) this.#known.delete(id);
      else this.#known.set(id, after);
      this.#show(id);
    }
    // What hangs on something else comes and goes with it.
    if (!isOrdered) this.#list();
    this.#tell(ids);
  }

  #list(): void {
    const annotations = listAnnotations(this.#doc).filter(({ type }) => type !== 'comment');
    const order = annotations.map(({ id }) => id);
    const there = new Set(order);
    const others = new Set<string>();
    for (const annotation of annotations) {
      if (this.#known.has(annotation.id)) continue;
      this.#known.set(annotation.id, annotation);
      others.add(annotation.id);
    }
    for (const id of this.#known.keys()) if (!there.has(id) && this.#known.delete(id)) others.add(id);
    for (const id of others) this.#show(id);
    if (order.length !== this.#order.length || order.some((id, at) => id !== this.#order[at])) {
      this.#order = order;
      for (const listener of this.#orderListeners) listener();
    }
    if (others.size > 0) this.#tell(others);
  }

  #show(id: string): void {
    const annotation = this.#known.get(id);
    const geometry = this.#previews.get(id);
    if (annotation === undefined) this.#shown.delete(id);
    else if (geometry === undefined) this.#shown.set(id, annotation);
    // A preview is made of the annotation's own geometry, and so has its form.
    else this.#shown.set(id, { ...annotation, geometry } as RoomAnnotation);
  }

  #tell(ids: ReadonlySet<string>): void {
    for (const id of ids) for (const listener of this.#listeners.get(id) ?? []) listener();
    for (const listener of this.#anyListeners) listener(ids);
  }
}
