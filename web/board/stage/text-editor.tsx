import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  AnnotationError,
  type AnnotationOf,
  createAnnotation,
  deleteAnnotations,
  type TextGeometry,
  updateAnnotation,
} from '../../../client/index.ts';
import { toast } from '../../ui/toast.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import type { BoardState, TextEdit } from '../board-state.ts';
import { styleFor } from '../tools/drawn-shape.ts';
import { toScreen } from '../viewport.ts';
import styles from './board-stage.module.css';
import { useStage } from './stage-context.ts';
import { familiesOf, onFonts } from './text-fonts.ts';
import { placeText } from './text-layout.ts';

/** The longest content that the server takes. */
const MOST_LETTERS = 10_000;
/** Room for the caret behind the last letter, em. */
const CARET_ROOM = 0.1;

/** The field in which a text is written, in its place on the picture. */
export function TextEditor() {
  const editing = useBoardState((state) => state.editing);
  return editing === undefined ? null : (
    <Editor key={editing.geometry === undefined ? editing.id : 'new'} edit={editing} />
  );
}

function Editor({ edit }: { readonly edit: TextEdit }) {
  const board = useBoard();
  const stage = useStage();
  const { doc, store, annotations, undo } = board;
  const field = useRef<HTMLTextAreaElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  /** Set once the text is in the document. */
  const id = useRef(edit.id);
  const nextStyle = useBoardState((state) => state.style);
  const [content, setContent] = useState(() => annotations.get(edit.id ?? '')?.content ?? '');
  const [, redraw] = useState(0);
  const there = id.current === undefined ? undefined : annotations.get(id.current);

  // All that is typed is one step, and what is empty in the end is gone.
  useEffect(() => {
    const endStep = undo.beginStep();
    return () => {
      const text = id.current === undefined ? undefined : annotations.get(id.current);
      if (text !== undefined && text.content.trim() === '') deleteAnnotations(doc, text.id);
      endStep();
    };
  }, [undo, doc, annotations]);
  useEffect(() => onFonts(() => redraw((count) => count + 1)), []);
  // Somebody else may write in it too, change its look, or delete it.
  useEffect(
    () =>
      annotations.subscribeAny((ids) => {
        if (id.current === undefined || !ids.has(id.current)) return;
        const text = annotations.get(id.current);
        if (text === undefined) store.setState({ editing: undefined });
        else setContent(text.content);
        redraw((count) => count + 1);
      }),
    [annotations, store],
  );
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.focus({ preventScroll: true });
    area.setSelectionRange(0, area.value.length);
  }, []);

  const shown =
    (there?.type === 'text' ? there : undefined) ?? draftOf(edit.geometry ?? { x: 0, y: 0 }, nextStyle);
  const text: AnnotationOf<'text'> = { ...shown, content };

  // The viewport moves the field without rendering it.
  useLayoutEffect(() => {
    const place = ({ viewport }: BoardState): void => {
      const { box } = placeText(text);
      const at = toScreen(box, viewport);
      const rotation = text.geometry.rotation ?? 0;
      // Turned about the centre of the text, as it is painted
      const transform = [
        `translate(${at.x}px, ${at.y}px) scale(${viewport.scale})`,
        `translate(${box.width / 2}px, ${box.height / 2}px) rotate(${rotation}deg)`,
        `translate(${-box.width / 2}px, ${-box.height / 2}px)`,
      ].join(' ');
      for (const element of [field.current, frame.current])
        if (element !== null) element.style.transform = transform;
    };
    place(store.getState());
    return store.subscribe(place);
  });

  const type = (value: string): void => {
    setContent(value);
    try {
      if (id.current !== undefined) updateAnnotation(doc, id.current, { content: value });
      else if (value !== '') {
        id.current = createAnnotation(doc, {
          type: 'text',
          geometry: shown.geometry,
          style: shown.style,
          content: value,
        });
        // Its letters are in this field until it is closed.
        store.setState({ selection: [id.current], editing: { ...edit, id: id.current } });
      }
    } catch (error) {
      if (!(error instanceof AnnotationError)) throw error;
      toast({ key: 'text', tone: 'danger', title: 'That could not be written', detail: error.message });
    }
  };
  const close = (): void => {
    const isOpen = store.getState().editing !== undefined;
    if (!isOpen) return;
    const { isToolKept, tool } = store.getState();
    const isLeft = id.current !== undefined && content.trim() !== '';
    store.setState({
      editing: undefined,
      selection: isLeft && id.current !== undefined ? [id.current] : [],
      tool: isToolKept ? tool : 'select',
    });
  };

  const { look, box, lineHeight } = placeText(text);
  const wraps = text.geometry.width !== undefined && text.geometry.width > 0;
  const style: CSSProperties = {
    width: wraps ? box.width : box.width + look.size * (1 + CARET_ROOM),
    height: Math.max(box.height, lineHeight),
    fontFamily: familiesOf(look.family),
    fontSize: look.size,
    fontWeight: look.weight,
    fontStyle: look.italic ? 'italic' : 'normal',
    lineHeight: `${lineHeight}px`,
    textAlign: look.align,
    color: look.color === 'none' ? 'transparent' : look.color,
    opacity: look.opacity,
    whiteSpace: wraps ? 'pre-wrap' : 'pre',
    tabSize: 4,
    // What is not wrapped hangs on its alignment, and so does the room for the caret.
    marginLeft: wraps || look.align === 'left' ? 0 : look.align === 'right' ? -look.size : -look.size / 2,
  };
  return (
    <>
      <div
        ref={frame}
        className={styles.frame}
        style={{ width: Math.max(2, box.width), height: style.height }}
      />
      <textarea
        ref={field}
        className={styles.editor}
        aria-label="Text of the annotation"
        style={style}
        value={content}
        maxLength={MOST_LETTERS}
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onBlur={close}
        onKeyDown={(event) => {
          const isDone =
            event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
          if (!isDone) return;
          event.preventDefault();
          close();
          stage.focus();
        }}
      />
    </>
  );
}

const draftOf = (geometry: TextGeometry, style: BoardState['style']): AnnotationOf<'text'> => ({
  id: 'draft',
  type: 'text',
  geometry,
  style: styleFor('text', style),
  content: '',
  parent_id: null,
  group_id: null,
  status: 'active',
});
