import { LOCAL_EDIT, updateAnnotation } from '../../../client/index.ts';
import type { Board } from '../board-context.ts';
import type { Plan } from '../stage/transform-plan.ts';

/** Others see a drag as often: it looks smooth, and a minute of it is a thousand events, not four. */
const WRITE_EVERY_MS = 50;

/**
 * Writes a gesture that goes on: at once on this screen, at most each {@link WRITE_EVERY_MS} into the document, so that others
 * see it too; all of it is one step of undo.
 */
export class LiveEdit {
  readonly #board: Board;
  readonly #endStep: () => void;
  /** As it was when the hand went down. */
  readonly #before: Plan;
  #wanted: Plan | undefined;
  #lastWrite = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasWritten = false;

  constructor(board: Board, ids: Iterable<string>) {
    this.#board = board;
    this.#endStep = board.undo.beginStep();
    this.#before = new Map(board.annotations.some(ids).map(({ id, geometry }) => [id, geometry]));
  }

  /** Where they are now. */
  show(plan: Plan): void {
    this.#board.annotations.preview(plan);
    this.#wanted = plan;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#write();
      },
      Math.max(0, this.#lastWrite + WRITE_EVERY_MS - performance.now()),
    );
  }

  /** It stays where it was shown last. */
  commit(): void {
    clearTimeout(this.#timer);
    this.#write();
    this.#board.annotations.preview(new Map());
    this.#endStep();
  }

  /** Everything goes back. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#wanted = this.#hasWritten ? this.#before : undefined;
    this.#write();
    this.#board.annotations.preview(new Map());
    this.#endStep();
  }

  #write(): void {
    const plan = this.#wanted;
    this.#wanted = undefined;
    if (plan === undefined) return;
    const { doc } = this.#board;
    this.#lastWrite = performance.now();
    this.#hasWritten = true;
    doc.transact(() => {
      // What somebody has deleted meanwhile is passed over.
      for (const [id, geometry] of plan) updateAnnotation(doc, id, { geometry });
    }, LOCAL_EDIT);
  }
}
