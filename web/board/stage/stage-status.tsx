import { useEffect, useState } from 'react';
import { useBoard, useBoardState } from '../board-context.ts';
import { describe } from './describe.ts';

/** What those hear who do not see the stage: how it is used, and what is selected. */
export function StageStatus() {
  const { annotations } = useBoard();
  const selection = useBoardState((state) => state.selection);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const selected = annotations.some(selection);
    const [only] = selected;
    setSaid(
      selected.length > 1
        ? `${selected.length} selected`
        : only === undefined
          ? ''
          : `${describe(only)} selected`,
    );
  }, [annotations, selection]);
  return (
    <>
      <p id="board-stage-help" className="visually-hidden">
        Tab and shift Tab walk through the annotations, the arrow keys move what is selected. A letter takes a
        tool, Enter places what it draws or edits a text. Question mark lists all keys.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </>
  );
}
