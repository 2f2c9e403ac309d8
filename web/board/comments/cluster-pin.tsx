import { classNames } from '../../ui/class-names.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useBoard } from '../board-context.ts';
import { fitted } from '../viewport.ts';
import { placedAt } from '../viewport-space.ts';
import type { Thread } from './comment-index.ts';
import styles from './comments.module.css';
import type { PinCluster } from './place-pins.ts';

/** Threads that would cover each other: a press brings them so near that each stands for itself. */
export function ClusterPin({
  cluster: { position, pins },
  isUnread,
  onShown,
}: {
  readonly cluster: PinCluster<Thread>;
  /** One of them at least. */
  readonly isUnread: boolean;
  /** The threads are, or soon will be, in sight. */
  readonly onShown: (first: Thread | undefined) => void;
}) {
  const { store, motion } = useBoard();
  const show = (): void => {
    const xs = pins.map((thread) => thread.position.x);
    const ys = pins.map((thread) => thread.position.y);
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
    motion.change(() => fitted(box, store.getState().screen, 1));
    onShown(pins[0]);
  };
  const words = `${pins.length} comments`;
  return (
    <div className={styles.placed} style={placedAt(position)}>
      <Tooltip label={`${words}: zoom in`} side="top">
        <button
          type="button"
          data-cluster={pins.length}
          className={classNames(styles.pin, styles.cluster)}
          aria-label={`${words} close together${isUnread ? ', unread among them' : ''}: zoom in`}
          onClick={show}
        >
          {pins.length}
          {isUnread && <span className={styles.unread} aria-hidden />}
        </button>
      </Tooltip>
    </div>
  );
}
