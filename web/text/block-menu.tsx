import type { Editor } from '@tiptap/react';
import { ChevronDown, Heading1, Heading2, Heading3, Heading4, Pilcrow } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { Button } from '../ui/button.tsx';
import { readableKeys } from '../ui/hotkeys.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { HEADING_LEVELS, type HeadingLevel } from './content-extensions.ts';
import styles from './editor-toolbar.module.css';

const ICONS = { 1: Heading1, 2: Heading2, 3: Heading3, 4: Heading4 } as const;

/** Is this paragraph text or a heading? */
export function BlockMenu({
  editor,
  heading,
}: {
  readonly editor: Editor;
  readonly heading: HeadingLevel | undefined;
}) {
  const name = heading === undefined ? 'Text' : `Heading ${heading}`;
  return (
    <Menu
      trigger={
        <Toolbar.Button asChild>
          <Button variant="ghost" className={styles.block} aria-label={`${name}, kind of paragraph`}>
            <span className={styles.blockName}>{name}</span>
            <ChevronDown size={14} aria-hidden />
          </Button>
        </Toolbar.Button>
      }
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        editor.commands.focus();
      }}
    >
      <MenuItem
        icon={<Pilcrow size={16} />}
        hint={readableKeys('mod+alt+0')}
        onSelect={() => editor.commands.setParagraph()}
      >
        Text
      </MenuItem>
      {HEADING_LEVELS.map((level) => {
        const Icon = ICONS[level];
        return (
          <MenuItem
            key={level}
            icon={<Icon size={16} />}
            hint={readableKeys(`mod+alt+${level}`)}
            onSelect={() => editor.commands.setHeading({ level })}
          >
            Heading {level}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
