import { ImagePlus } from 'lucide-react';
import { useCallback, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { readableKeys } from '../ui/hotkeys.tsx';
import { useBoard, useBoardState } from './board-context.ts';
import { useComments } from './comments/board-comments.ts';
import styles from './empty-hint.module.css';
import { PicturePicker } from './picture-picker.tsx';

/** What to do with a board on which there is nothing yet. */
export function EmptyHint() {
  const { annotations, provider } = useBoard();
  const count = useSyncExternalStore(
    useCallback((listener: () => void) => annotations.subscribeOrder(listener), [annotations]),
    () => annotations.order.length,
  );
  const isSynced = useSyncExternalStore(
    useCallback((listener: () => void) => provider.on('synced', listener), [provider]),
    () => provider.synced,
  );
  const isBusy = useBoardState(
    ({ tool, editing, moment, draft, panel, thread }) =>
      tool !== 'select' || [editing, moment, draft, panel, thread].some((each) => each !== undefined),
  );
  // Pins are not to be covered.
  const hasComments = useComments(({ threads }) => threads.size > 0);
  const hasPicture = useBoardState((state) => state.hasPicture || state.page === undefined);
  if (!isSynced || count > 0 || hasComments || hasPicture || isBusy) return null;
  return (
    <div className={styles.hint}>
      <p className={styles.title}>What shall we look at?</p>
      <p>
        Drop or paste a picture, or just draw: <kbd>{readableKeys('r')}</kbd> rectangle,{' '}
        <kbd>{readableKeys('a')}</kbd> arrow, <kbd>{readableKeys('t')}</kbd> text, <kbd>?</kbd> all keys.
      </p>
      <PicturePicker>
        {(choose) => (
          <Button variant="primary" onClick={choose}>
            <ImagePlus size={16} aria-hidden /> Add a picture
          </Button>
        )}
      </PicturePicker>
    </div>
  );
}
