import type * as Y from 'yjs';
import type { RoomAnnotation } from '../../../client/annotations/annotation.ts';
import {
  addComment,
  editComment,
  listComments,
  reopenComment,
  replyToComment,
  resolveComment,
} from '../../../client/annotations/comments.ts';
import { createAnnotation, duplicateAnnotations } from '../../../client/annotations/create.ts';
import { groupAnnotations, ungroupAnnotations } from '../../../client/annotations/groups.ts';
import { listAnnotations, listDeletedAnnotations } from '../../../client/annotations/read.ts';
import {
  moveAnnotations,
  resizeAnnotations,
  rotateAnnotations,
} from '../../../client/annotations/transform.ts';
import { type AnnotationUndo, createUndo } from '../../../client/annotations/undo.ts';
import {
  deleteAnnotations,
  restoreAnnotations,
  updateAnnotation,
} from '../../../client/annotations/update.ts';
import { bringForward, bringToFront, sendBackward, sendToBack } from '../../../client/annotations/z-order.ts';
import type { Random } from '../random.ts';

/** From here on more is deleted than made, so that a long life stays fast. */
const MANY = 40;
const COLOURS = ['#e03131', '#1971c2', 'none', 'rgba(0, 128, 0, 0.5)'];
const WORDS = ['why', 'not', 'here?', 'this line is too long', 'moved it', 'see the reply'];

/** One who draws with the primitives of the client, and thinks better of it now and then. */
export class RandomEdits {
  readonly #doc: Y.Doc;
  readonly #random: Random;
  readonly #undo: AnnotationUndo;
  readonly #actions: readonly (() => unknown)[];

  constructor(doc: Y.Doc, random: Random) {
    this.#doc = doc;
    this.#random = random;
    this.#undo = createUndo(doc, { captureTimeout: 0 });
    this.#actions = this.#weighted();
  }

  /** One edit. It changes nothing where there is nothing to change. */
  act(): void {
    if (listAnnotations(this.#doc).length < MANY) this.#random.of(this.#actions)();
    else deleteAnnotations(this.#doc, this.#some());
  }

  destroy(): void {
    this.#undo.destroy();
  }

  /** Each as often as it is likely. */
  #weighted(): (() => unknown)[] {
    const doc = this.#doc;
    const random = this.#random;
    const some = (): string[] => this.#some();
    const comment = (): string => this.#comment();
    const actions: readonly (readonly [number, () => unknown])[] = [
      [6, () => this.#create()],
      [5, () => moveAnnotations(doc, some(), { x: random.below(21) - 10, y: random.below(21) / 4 })],
      [2, () => resizeAnnotations(doc, some(), { x: 5, y: 7, width: 50, height: this.#coordinate() })],
      [2, () => rotateAnnotations(doc, some(), random.below(360))],
      [3, () => this.#update({ style: { stroke: random.of(COLOURS), dash: random.of([null, [4, 2]]) } })],
      [3, () => this.#update({ content: this.#words() })],
      [2, () => this.#addComment()],
      [1, () => comment() !== '' && replyToComment(doc, comment(), this.#words())],
      [1, () => random.of([resolveComment, reopenComment])(doc, comment())],
      [1, () => editComment(doc, comment(), this.#words())],
      [1, () => groupAnnotations(doc, some())],
      [1, () => ungroupAnnotations(doc, some())],
      [2, () => random.of([bringToFront, sendToBack, bringForward, sendBackward])(doc, some())],
      [1, () => duplicateAnnotations(doc, some())],
      [2, () => deleteAnnotations(doc, some())],
      [1, () => this.#restore()],
      [2, () => this.#undo.undo()],
      [1, () => this.#undo.redo()],
      [1, () => this.#crowd()],
    ];
    return actions.flatMap(([weight, action]) => Array.from({ length: weight }, () => action));
  }

  /** Some of what is there; none where nothing is. */
  #some(fits: (annotation: RoomAnnotation) => boolean = () => true): string[] {
    const found = listAnnotations(this.#doc).filter(fits);
    const count = Math.min(found.length, 1 + this.#random.below(3));
    return Array.from({ length: count }, () => this.#random.of(found).id);
  }

  /** `''`: there is none. */
  #comment(): string {
    const comments = listComments(this.#doc);
    return comments.length === 0 ? '' : this.#random.of(comments).id;
  }

  #update(change: Parameters<typeof updateAnnotation>[2]): void {
    for (const id of this.#some()) updateAnnotation(this.#doc, id, change);
  }

  #create(): void {
    const doc = this.#doc;
    const [x, y] = [this.#coordinate(), this.#coordinate()];
    const points = Array.from({ length: 3 + this.#random.below(5) }, () => [
      this.#coordinate(),
      this.#coordinate(),
    ]);
    switch (this.#random.below(5)) {
      case 0:
        createAnnotation(doc, { type: 'box', geometry: { x, y, width: 30, height: 20 } });
        return;
      case 1:
        createAnnotation(doc, { type: 'ellipse', geometry: { x, y, width: 30.5, height: 20, rotation: 30 } });
        return;
      case 2:
        createAnnotation(doc, { type: 'text', geometry: { x, y }, content: this.#words() });
        return;
      case 3:
        createAnnotation(doc, { type: 'arrow', geometry: { x1: x, y1: y, x2: y, y2: x } });
        return;
      default:
        createAnnotation(doc, {
          type: this.#random.of(['polygon', 'freehand', 'line']),
          geometry: { points },
        });
    }
  }

  #addComment(): void {
    const [annotationId] = this.#some(({ type }) => type !== 'comment');
    const isPinned = annotationId === undefined || this.#random.below(3) === 0;
    const place = isPinned ? { x: this.#coordinate(), y: this.#coordinate() } : { annotationId };
    addComment(this.#doc, place, this.#words());
  }

  #restore(): void {
    const deleted = listDeletedAnnotations(this.#doc);
    if (deleted.length > 0) restoreAnnotations(this.#doc, this.#random.of(deleted).id);
  }

  /** Many changes in one update. */
  #crowd(): void {
    this.#doc.transact(() => {
      for (let count = 0; count < 5; count += 1) this.#create();
      moveAnnotations(this.#doc, this.#some(), { x: 1, y: 1 });
    });
  }

  #coordinate(): number {
    return this.#random.below(12_000) / 10;
  }

  #words(): string {
    return `${this.#random.of(WORDS)} ${this.#random.below(1_000)}`;
  }
}
