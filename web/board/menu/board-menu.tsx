import {
  ClipboardPaste,
  Copy,
  CopyPlus,
  Maximize,
  MessageCircle,
  Scissors,
  Spline,
  SquareDashed,
  Trash2,
} from 'lucide-react';
import { useEffect } from 'react';
import { readableKeys } from '../../ui/hotkeys.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import type { BoardMenu as Opened } from '../board-state.ts';
import { deleteSelected, duplicateSelected, selectAll } from '../commands.ts';
import { GroupItems, OrderItems } from '../style/arrange-items.tsx';
import { beginShaping, canShape } from '../tools/shaping.ts';
import { fitPage } from '../view-commands.ts';
import styles from './board-menu.module.css';
import { copySelected, cutSelected, pasteAt } from './clipboard-commands.ts';

/** What can be done with what is selected, or where nothing is. */
export function BoardMenu() {
  const menu = useBoardState((state) => state.menu);
  // Another place is another menu: it opens there, and has the focus.
  return menu && <Open key={`${menu.x} ${menu.y}`} menu={menu} />;
}

function Open({ menu: { x, y, place } }: { readonly menu: Opened }) {
  const board = useBoard();
  const { store } = board;
  const selection = useBoardState((state) => state.selection);
  const count = selection.length;
  const only = count === 1 ? board.annotations.some(selection)[0] : undefined;
  // What is looked at may go away below it.
  useEffect(() => store.subscribe(({ moment }) => moment && store.setState({ menu: undefined })), [store]);
  const comment = (): void => {
    const [annotationId, ...others] = selection;
    const isAboutOne = annotationId !== undefined && others.length === 0;
    store.setState({ thread: undefined, draft: { ...place, ...(isAboutOne && { annotationId }) } });
  };
  return (
    <Menu
      open
      isModal={false}
      onOpenChange={(open) => open || store.setState({ menu: undefined })}
      trigger={
        <button
          type="button"
          tabIndex={-1}
          className={styles.place}
          style={{ left: x, top: y }}
          aria-label={count > 0 ? 'Menu of what is selected' : 'Menu of the board'}
        />
      }
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        // A field that was opened has it already.
        if (document.activeElement !== document.body) return;
        document.querySelector<HTMLElement>('[role="application"]')?.focus({ preventScroll: true });
      }}
    >
      {count > 0 && (
        <>
          <MenuItem
            icon={<Scissors size={16} />}
            hint={readableKeys('mod+x')}
            onSelect={() => void cutSelected(board)}
          >
            Cut
          </MenuItem>
          <MenuItem
            icon={<Copy size={16} />}
            hint={readableKeys('mod+c')}
            onSelect={() => void copySelected(board)}
          >
            Copy
          </MenuItem>
        </>
      )}
      <MenuItem icon={<ClipboardPaste size={16} />} onSelect={() => void pasteAt(board, place)}>
        Paste here
      </MenuItem>
      {count > 0 ? (
        <>
          <MenuItem
            icon={<CopyPlus size={16} />}
            hint={readableKeys('mod+d')}
            onSelect={() => duplicateSelected(board)}
          >
            Duplicate
          </MenuItem>
          <MenuSeparator />
          <OrderItems />
          <MenuSeparator />
          <GroupItems />
          <MenuSeparator />
          <MenuItem icon={<MessageCircle size={16} />} onSelect={comment}>
            {count === 1 ? 'Comment on it' : 'Comment here'}
          </MenuItem>
          {only !== undefined && canShape(only.type) && (
            <MenuItem icon={<Spline size={16} />} hint="Enter" onSelect={() => beginShaping(board, only.id)}>
              Move its corners
            </MenuItem>
          )}
          <MenuItem danger icon={<Trash2 size={16} />} hint="Delete" onSelect={() => deleteSelected(board)}>
            Delete
          </MenuItem>
        </>
      ) : (
        <>
          <MenuItem icon={<MessageCircle size={16} />} onSelect={comment}>
            Comment here
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={<SquareDashed size={16} />}
            hint={readableKeys('mod+a')}
            onSelect={() => selectAll(board)}
          >
            Select all
          </MenuItem>
          <MenuItem
            icon={<Maximize size={16} />}
            hint={readableKeys('shift+1')}
            onSelect={() => fitPage(board)}
          >
            Fit the picture
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
