import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId } from 'react';
import { IconButton } from '../ui/button.tsx';
import { useIsNarrow } from '../ui/use-media.ts';
import { useBoard, useBoardState } from './board-context.ts';
import { CommentsPanel } from './comments/comments-panel.tsx';
import styles from './side-panel.module.css';
import { VersionsPanel } from './versions/versions-panel.tsx';

/** What is open at the side: comments or versions; on a phone, it comes up from the bottom. */
export function BoardSidePanel() {
  const panel = useBoardState((state) => state.panel);
  useRoomAbove(panel !== undefined);
  if (panel === 'comments') {
    return (
      <Panel title="Comments">
        <CommentsPanel />
      </Panel>
    );
  }
  if (panel === 'versions') {
    return (
      <Panel title="Versions">
        <VersionsPanel />
      </Panel>
    );
  }
  return null;
}

/** The part of a phone's screen that the sheet covers: `height` in side-panel.module.css. */
const COVERED = 0.58;

/** On a phone the picture moves up to what is left of the screen, and back again. */
function useRoomAbove(isOpen: boolean): void {
  const { store } = useBoard();
  const isNarrow = useIsNarrow();
  useEffect(() => {
    if (!isOpen || !isNarrow) return;
    const by = Math.round((window.innerHeight * COVERED) / 2);
    const move = (sign: 1 | -1): void =>
      store.setState(({ viewport }) => ({ viewport: { ...viewport, y: viewport.y + sign * by } }));
    move(-1);
    return () => move(1);
  }, [store, isOpen, isNarrow]);
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { store } = useBoard();
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <IconButton
          label={`Close ${title.toLowerCase()}`}
          onClick={() => store.setState({ panel: undefined })}
        >
          <X size={18} />
        </IconButton>
      </div>
      {children}
    </section>
  );
}
