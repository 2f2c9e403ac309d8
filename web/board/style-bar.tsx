import { useBoardState } from './board-context.ts';
import { ArrangeControls } from './style/arrange-menu.tsx';
import { ColorControl } from './style/color-control.tsx';
import { LineControl } from './style/line-control.tsx';
import { OpacityControl } from './style/opacity-control.tsx';
import styles from './style/style.module.css';
import { TextControls } from './style/text-controls.tsx';
import { useStyleSubject } from './style/use-style-subject.ts';

/** The look of what is selected, or of what is drawn next; there only where there is something of the kind. */
export function StyleBar() {
  const subject = useStyleSubject();
  const hasSelection = useBoardState((state) => state.selection.length > 0);
  const isPast = useBoardState((state) => state.moment !== undefined);
  const isWriting = useBoardState((state) => state.editing !== undefined);
  if (subject === undefined || isPast) return null;
  const isShape = subject.has('stroke');
  const isText = subject.has('color');
  return (
    <div
      className={styles.bar}
      role="toolbar"
      aria-label="Style"
      // A press on a button does not end the writing of a text.
      onPointerDown={(event) => {
        if (isWriting && event.target instanceof Element && event.target.closest('button'))
          event.preventDefault();
      }}
    >
      {isShape && <ColorControl subject={subject} name="stroke" />}
      {subject.has('fill') && <ColorControl subject={subject} name="fill" />}
      {isShape && <LineControl subject={subject} />}
      {isShape && isText && <hr className={styles.rule} />}
      {isText && <ColorControl subject={subject} name="color" />}
      {isText && <TextControls subject={subject} />}
      <OpacityControl subject={subject} />
      {hasSelection && (
        <>
          <hr className={styles.rule} />
          <ArrangeControls />
        </>
      )}
    </div>
  );
}
