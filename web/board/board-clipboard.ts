import { useEffect, useRef } from 'react';
import { v4 } from 'uuid';
import {
  AnnotationError,
  boundsOf,
  createAnnotation,
  deleteAnnotations,
  type NewAnnotation,
  type Point,
} from '../../client/index.ts';
import { toast } from '../ui/toast.tsx';
import { offerPicture, pictureIn } from './base-picture.tsx';
import type { Board } from './board-context.ts';
import { clipboardText, parseClipboard, pastedBounds, placedCopies } from './clipboard-format.ts';
import { asStep } from './commands.ts';
import { centreOf, overlap } from './stage/geometry.ts';
import { measureText } from './stage/text-layout.ts';
import { toPicture } from './viewport.ts';

/** How far beside the last one a copy appears, in pixels of the picture. */
const OFFSET = 16;
/** Words that are pasted wrap at this width. */
const PASTED_WIDTH = 320;

/** Copying, cutting and pasting, while the board is there. */
export function useBoardClipboard(board: Board): void {
  const pastes = useRef({ text: '', count: 0 });
  useEffect(() => {
    const copy = (event: ClipboardEvent): void => {
      const selected = board.annotations.some(inOrder(board));
      if (selected.length === 0 || isElsewhere(event)) return;
      event.preventDefault();
      const text = clipboardText(selected);
      event.clipboardData?.setData('text/plain', text);
      pastes.current = { text, count: 0 };
    };
    const cut = (event: ClipboardEvent): void => {
      const { selection, moment } = board.store.getState();
      if (selection.length === 0 || moment !== undefined || isElsewhere(event)) return;
      copy(event);
      asStep(board, () => deleteAnnotations(board.doc, selection));
      board.store.setState({ selection: [] });
    };
    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData;
      if (data === null || isElsewhere(event) || board.store.getState().moment !== undefined) return;
      const file = pictureIn(data.files);
      const text = data.getData('text/plain');
      if (file === undefined && text === '') return;
      event.preventDefault();
      if (file !== undefined && text === '') {
        void offerPicture(board.room.id, file);
        return;
      }
      const count = text === pastes.current.text ? pastes.current.count + 1 : 0;
      pastes.current = { text, count };
      pasteText(board, text, count);
    };
    const stop = new AbortController();
    const options = { signal: stop.signal };
    document.addEventListener('copy', copy, options);
    document.addEventListener('cut', cut, options);
    document.addEventListener('paste', paste, options);
    return () => stop.abort();
  }, [board]);
}

/** What fields and dialogs copy and paste is theirs. */
function isElsewhere({ target }: ClipboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input, textarea, select') ||
    target.closest('[role="dialog"], [role="menu"]') !== null ||
    // Words that are marked on the page, such as in a comment
    window.getSelection()?.isCollapsed === false
  );
}

/** What is selected, from the bottom to the top. */
export function inOrder({ store, annotations }: Board): string[] {
  const selected = new Set(store.getState().selection);
  return annotations.order.filter((id) => selected.has(id));
}

/**
 * Adds annotations of a clipboard, or its words as a text.
 *
 * @param count - how often the same was pasted before: each copy stands a little beside the last
 * @param place - where their middle goes. Default: where they were, or in sight
 */
export function pasteText(board: Board, text: string, count: number, place?: Point): void {
  const { store, annotations } = board;
  const { viewport, screen } = store.getState();
  const middle = toPicture({ x: screen.width / 2, y: screen.height / 2 }, viewport);
  const copies = parseClipboard(text);
  if (copies === undefined) {
    const { x, y } = place ?? { x: middle.x - PASTED_WIDTH / 2, y: middle.y };
    const geometry = { x: Math.round(x), y: Math.round(y), width: PASTED_WIDTH };
    add(board, [{ type: 'text', geometry, content: text.slice(0, 10_000).trimEnd() }]);
    return;
  }
  const bounds = pastedBounds(copies);
  if (bounds === undefined) return;
  const from = toPicture({ x: 0, y: 0 }, viewport);
  const seen = { ...from, width: screen.width / viewport.scale, height: screen.height / viewport.scale };
  const isTaken = annotations.all().some((annotation) => {
    const other = boundsOf(annotation, measureText);
    return other !== undefined && Math.abs(other.x - bounds.x) < 1 && Math.abs(other.y - bounds.y) < 1;
  });
  const centre = centreOf(bounds);
  const aside = (isTaken ? OFFSET : 0) + count * OFFSET;
  if (place !== undefined) {
    const by = { x: Math.round(place.x - centre.x), y: Math.round(place.y - centre.y) };
    add(board, placedCopies(copies, by, v4));
    return;
  }
  const by: Point = overlap(bounds, seen)
    ? { x: aside, y: aside }
    : {
        x: Math.round(middle.x - centre.x) + count * OFFSET,
        y: Math.round(middle.y - centre.y) + count * OFFSET,
      };
  add(board, placedCopies(copies, by, v4));
}

/** Adds what it can, on top and selected; what breaks the rules is left out and told. */
function add(board: Board, annotations: readonly NewAnnotation[]): void {
  let refused: string | undefined;
  const ids = asStep(board, () =>
    annotations.flatMap((annotation) => {
      try {
        return createAnnotation(board.doc, annotation);
      } catch (error) {
        if (!(error instanceof AnnotationError)) throw error;
        refused = error.message;
        return [];
      }
    }),
  );
  board.store.setState({ tool: 'select', selection: ids });
  if (refused !== undefined) toast({ tone: 'warning', title: 'Not all could be pasted', detail: refused });
}
