import { Ellipsis, History, ImageDown, MessageCircle, Redo2, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Late, LatePart } from '../app/late-part.tsx';
import { TopBar } from '../app/top-bar.tsx';
import { useTitle } from '../app/use-title.ts';
import { AvatarStack, type Person } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ConnectionBadge } from '../ui/connection-badge.tsx';
import { EditableTitle } from '../ui/editable-title.tsx';
import { readableKeys } from '../ui/hotkeys.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import { useIsNarrow } from '../ui/use-media.ts';
import { useBoard, useBoardState } from './board-context.ts';
import styles from './board-top-bar.module.css';
import { useCommentCounts } from './comments/board-comments.ts';
import { openExport, useExports } from './export/export-store.ts';
import { useOthers } from './guests/use-guests.ts';
import { useBoardName } from './use-board-name.ts';
import { useSyncClaims } from './use-sync-claims.ts';
import { BoardNews } from './versions/board-news.tsx';
import { showPlace } from './viewport-space.ts';

/** Loaded before it is needed, so that it says what is wrong where there is no connection. */
export const exportDialog = new LatePart(
  async () => (await import('./export/export-dialog.tsx')).ExportDialog,
);

const MOST_LETTERS = 256;

/** Above the board: its name, whether it is saved, undo, who is here, and what opens at the side. */
export function BoardTopBar() {
  const { provider, store } = useBoard();
  const { name, rename } = useBoardName();
  const others = useOthers();
  const isNarrow = useIsNarrow();
  useTitle(name);
  const jump = ({ id, name: who }: Person): void => {
    const guest = [...provider.guests.values()].find((each) => each.userId === id && each.cursor);
    if (guest?.cursor) showPlace(store, guest.cursor, 'middle');
    else toast({ title: `${who} is here, but not pointing at anything`, key: 'jump' });
  };
  return (
    <>
      <TopBar
        end={
          <>
            <AvatarStack people={others} most={isNarrow ? 1 : 4} onChoose={jump} />
            {isNarrow ? <CommentsToggle /> : <PanelToggles />}
            {isNarrow ? (
              <MoreMenu />
            ) : (
              <Button className={styles.export ?? ''} onClick={() => openExport()}>
                <ImageDown size={16} aria-hidden />
                Export
              </Button>
            )}
          </>
        }
      >
        <h1 className={styles.name}>
          <EditableTitle title={name} label="Name of the board" most={MOST_LETTERS} onChange={rename} />
        </h1>
        <Claims />
        <UndoButtons hasRedo={!isNarrow} />
      </TopBar>
      <LazyExportDialog />
      <BoardNews />
    </>
  );
}

function Claims() {
  const { status, saved } = useSyncClaims();
  return <ConnectionBadge status={status} saved={saved} />;
}

function useUndo() {
  const { undo } = useBoard();
  const isPast = useBoardState((state) => state.moment !== undefined);
  const [can, setCan] = useState({ canUndo: undo.canUndo, canRedo: undo.canRedo });
  useEffect(() => {
    setCan({ canUndo: undo.canUndo, canRedo: undo.canRedo });
    return undo.on('change', setCan);
  }, [undo]);
  return { undo, canUndo: can.canUndo && !isPast, canRedo: can.canRedo && !isPast };
}

function UndoButtons({ hasRedo }: { readonly hasRedo: boolean }) {
  const { undo, canUndo, canRedo } = useUndo();
  return (
    <span className={styles.group}>
      <IconButton
        label="Undo"
        shortcut={readableKeys('mod+z')}
        disabled={!canUndo}
        onClick={() => undo.undo()}
      >
        <Undo2 size={18} />
      </IconButton>
      {hasRedo && (
        <IconButton
          label="Redo"
          shortcut={readableKeys('mod+shift+z')}
          disabled={!canRedo}
          onClick={() => undo.redo()}
        >
          <Redo2 size={18} />
        </IconButton>
      )}
    </span>
  );
}

/** What a phone has no room for in the bar. */
function MoreMenu() {
  const { store } = useBoard();
  const { undo, canRedo } = useUndo();
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="More">
          <Ellipsis size={18} />
        </IconButton>
      }
    >
      <MenuItem icon={<Redo2 size={16} />} disabled={!canRedo} onSelect={() => undo.redo()}>
        Redo
      </MenuItem>
      <MenuItem icon={<History size={16} />} onSelect={() => store.setState({ panel: 'versions' })}>
        Versions
      </MenuItem>
      <MenuItem icon={<ImageDown size={16} />} onSelect={() => openExport()}>
        Export…
      </MenuItem>
    </Menu>
  );
}

function usePanelToggle(which: 'comments' | 'versions') {
  const { store } = useBoard();
  const isOpen = useBoardState((state) => state.panel === which);
  const toggle = (): void => store.setState({ panel: isOpen ? undefined : which });
  return { isOpen, toggle };
}

function CommentsToggle() {
  const { isOpen, toggle } = usePanelToggle('comments');
  const { open, unread } = useCommentCounts();
  const count = unread > 0 ? `${open} open, ${unread} unread` : `${open} open`;
  return (
    <Badged count={open} isNew={unread > 0}>
      <IconButton label={`Comments, ${count}`} aria-pressed={isOpen} onClick={toggle}>
        <MessageCircle size={18} />
      </IconButton>
    </Badged>
  );
}

function PanelToggles() {
  const { store, provider } = useBoard();
  const { isOpen, toggle } = usePanelToggle('versions');
  const [hasNew, setNew] = useState(false);
  useEffect(
    () => provider.on('version', () => setNew(store.getState().panel !== 'versions')),
    [provider, store],
  );
  useEffect(() => {
    if (isOpen) setNew(false);
  }, [isOpen]);
  return (
    <span className={styles.group}>
      <CommentsToggle />
      <Badged count={0} isNew={hasNew}>
        <IconButton
          label={hasNew ? 'Versions, one is new' : 'Versions'}
          aria-pressed={isOpen}
          onClick={toggle}
        >
          <History size={18} />
        </IconButton>
      </Badged>
    </span>
  );
}

function Badged({
  count,
  isNew,
  children,
}: {
  readonly count: number;
  readonly isNew: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span className={styles.badged}>
      {children}
      {count > 0 && (
        <span className={styles.count} data-new={isNew || undefined} aria-hidden>
          {count > 99 ? '99+' : count}
        </span>
      )}
      {count === 0 && isNew && <span className={styles.dot} aria-hidden />}
    </span>
  );
}

/** Loaded when it is opened first, and there from then on: it gives the focus back when it closes. */
function LazyExportDialog() {
  const isOpen = useExports((state) => state.isOpen);
  const [isThere, setIsThere] = useState(isOpen);
  if (isOpen && !isThere) setIsThere(true);
  return isThere && <Late part={exportDialog} />;
}
