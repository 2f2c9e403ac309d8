import * as Y from 'yjs';
import { Emitter } from '../emitter.ts';
import { LOCAL_EDIT } from './annotation.ts';
import { entriesOf } from './entries.ts';
import { IdRanges } from './id-ranges.ts';
import { planUndo, type UndoStep } from './undo-plan.ts';

export interface UndoOptions {
  /** Whose work it takes back: the origin that the primitives were given. Default: `LOCAL_EDIT`. */
  readonly origin?: unknown;
  /** Changes that follow each other within so many milliseconds are one step. Default: 500. */
  readonly captureTimeout?: number;
}

export interface UndoEvents {
  /** There is something else to undo or redo than before. */
  change: { readonly canUndo: boolean; readonly canRedo: boolean };
}

/**
 * Undo and redo of one user's work on annotations. It takes back what this user did from now on, and nothing else: what
 * others have set since stays, also where they worked on the same annotation; a step of which nothing is left to be
 * taken back is passed over.
 */
export class AnnotationUndo extends Emitter<UndoEvents> {
  readonly #manager: Y.UndoManager;
  /** What the user has made, by undo too. */
  readonly #own = new IdRanges();
  #kept = new IdRanges();
  readonly #stop: () => void;

  constructor(doc: Y.Doc, { origin = LOCAL_EDIT, captureTimeout = 500 }: UndoOptions = {}) {
    super();
    const manager = new Y.UndoManager(entriesOf(doc), {
      trackedOrigins: new Set([origin]),
      captureTimeout,
      deleteFilter: ({ id }) => !this.#kept.has(id),
    });
    this.#manager = manager;
    const made = ({ origin: by, beforeState, afterState }: Y.Transaction): void => {
      if (by !== origin && by !== manager) return;
      for (const [client, end] of afterState) {
        const start = beforeState.get(client) ?? 0;
        if (end > start) this.#own.add(client, start, end - start);
      }
    };
    doc.on('afterTransaction', made);
    const changed = (): void => this.emit('change', { canUndo: this.canUndo, canRedo: this.canRedo });
    for (const name of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const)
      manager.on(name, changed);
    this.#stop = () => doc.off('afterTransaction', made);
  }

  get canUndo(): boolean {
    return this.#manager.undoStack.length > 0;
  }

  get canRedo(): boolean {
    return this.#manager.redoStack.length > 0;
  }

  /** Takes the last step back. @returns whether anything changed */
  undo(): boolean {
    return this.#pop(this.#manager.undoStack, () => this.#manager.undo());
  }

  /** Does again what the last undo took back. @returns whether anything changed */
  redo(): boolean {
    return this.#pop(this.#manager.redoStack, () => this.#manager.redo());
  }

  /** The next change begins a step of its own, however soon it comes: to be called when a gesture begins or ends. */
  stopCapturing(): void {
    this.#manager.stopCapturing();
  }

  /**
   * What is done from now on is one step, however long it takes: to be called when a gesture begins that is written bit by
   * bit.
   *
   * @returns a function that ends the step
   */
  beginStep(): () => void {
    const { captureTimeout } = this.#manager;
    this.#manager.stopCapturing();
    this.#manager.captureTimeout = Number.POSITIVE_INFINITY;
    return () => {
      this.#manager.captureTimeout = captureTimeout;
      this.#manager.stopCapturing();
    };
  }

  /** Forgets all steps. */
  clear(): void {
    this.#manager.clear();
  }

  destroy(): void {
    this.#stop();
    this.#manager.destroy();
  }

  #pop(stack: UndoStep[], pop: () => unknown): boolean {
    const isOwn = (id: Y.ID): boolean => this.#own.has(id);
    for (let step = stack.at(-1); step !== undefined; step = stack.at(-1)) {
      const { kept, hasEffect } = planUndo(this.#manager, step, isOwn);
      if (hasEffect) {
        this.#kept = kept;
        return pop() !== null;
      }
      stack.pop();
    }
    this.emit('change', { canUndo: this.canUndo, canRedo: this.canRedo });
    return false;
  }
}

/** Undo and redo of one user's work on the annotations of a room's document. */
export const createUndo = (doc: Y.Doc, options: UndoOptions = {}): AnnotationUndo =>
  new AnnotationUndo(doc, options);
