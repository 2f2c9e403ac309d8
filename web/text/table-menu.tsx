import type { Editor } from '@tiptap/react';
import {
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  Columns3,
  Combine,
  PanelLeft,
  PanelTop,
  Rows3,
  Table,
  Trash2,
} from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { IconButton } from '../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { Tool } from './tool.tsx';

const ICON = { size: 16 } as const;

/** Puts a table in; where the cursor is in one, changes that. */
export function TableMenu({ editor, isInTable }: { readonly editor: Editor; readonly isInTable: boolean }) {
  const chain = () => editor.chain().focus();
  if (!isInTable) {
    return (
      <Tool
        label="Table"
        onClick={() => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}
      >
        <Table size={18} />
      </Tool>
    );
  }
  return (
    <Menu
      trigger={
        <Toolbar.Button asChild>
          <IconButton label="Table: rows and columns" data-state="on">
            <Table size={18} />
          </IconButton>
        </Toolbar.Button>
      }
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        editor.commands.focus();
      }}
    >
      <MenuItem icon={<BetweenHorizontalEnd {...ICON} />} onSelect={() => editor.commands.addRowBefore()}>
        Row above
      </MenuItem>
      <MenuItem icon={<BetweenHorizontalStart {...ICON} />} onSelect={() => editor.commands.addRowAfter()}>
        Row below
      </MenuItem>
      <MenuItem icon={<BetweenVerticalEnd {...ICON} />} onSelect={() => editor.commands.addColumnBefore()}>
        Column to the left
      </MenuItem>
      <MenuItem icon={<BetweenVerticalStart {...ICON} />} onSelect={() => editor.commands.addColumnAfter()}>
        Column to the right
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<PanelTop {...ICON} />} onSelect={() => editor.commands.toggleHeaderRow()}>
        Header row on or off
      </MenuItem>
      <MenuItem icon={<PanelLeft {...ICON} />} onSelect={() => editor.commands.toggleHeaderColumn()}>
        Header column on or off
      </MenuItem>
      <MenuItem
        icon={<Combine {...ICON} />}
        disabled={!editor.can().mergeOrSplit()}
        onSelect={() => editor.commands.mergeOrSplit()}
      >
        Merge or split cells
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Rows3 {...ICON} />} onSelect={() => editor.commands.deleteRow()}>
        Delete the row
      </MenuItem>
      <MenuItem icon={<Columns3 {...ICON} />} onSelect={() => editor.commands.deleteColumn()}>
        Delete the column
      </MenuItem>
      <MenuItem icon={<Trash2 {...ICON} />} danger onSelect={() => editor.commands.deleteTable()}>
        Delete the table
      </MenuItem>
    </Menu>
  );
}
