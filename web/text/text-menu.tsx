import type { Editor } from '@tiptap/react';
import { Copy, EllipsisVertical, FileCode, FileDown, Printer } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { errorText } from '../app/error-text.ts';
import { IconButton } from '../ui/button.tsx';
import { readableKeys } from '../ui/hotkeys.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import { download } from './download.ts';
import { htmlPage } from './export-html.ts';
import { fileNameOf } from './file-name.ts';

async function copyAddress(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    toast({ title: 'The address is copied', tone: 'success' });
  } catch {
    // Not allowed, or not over plain HTTP.
    toast({ title: 'Copy the address out of the address bar', tone: 'warning' });
  }
}

/** What one takes along: the text as a file or on paper, its address. */
export function TextMenu({ editor, title }: { readonly editor: Editor; readonly title: string }) {
  const failed = (error: unknown): void =>
    toast({ title: 'The file was not made', detail: errorText(error), tone: 'danger' });
  const downloadMarkdown = async (): Promise<void> => {
    // The writer of Markdown is large and seldom needed.
    const { markdownOf } = await import('./export-markdown.ts');
    download(fileNameOf(title, 'md'), 'text/markdown;charset=utf-8', markdownOf(editor.getJSON(), title));
  };
  return (
    <Menu
      align="end"
      trigger={
        <Toolbar.Button asChild>
          <IconButton label="Download and print">
            <EllipsisVertical size={18} />
          </IconButton>
        </Toolbar.Button>
      }
    >
      <MenuItem icon={<FileDown size={16} />} onSelect={() => void downloadMarkdown().catch(failed)}>
        Download as Markdown
      </MenuItem>
      <MenuItem
        icon={<FileCode size={16} />}
        onSelect={() =>
          download(fileNameOf(title, 'html'), 'text/html;charset=utf-8', htmlPage(editor.getJSON(), title))
        }
      >
        Download as HTML
      </MenuItem>
      <MenuItem icon={<Printer size={16} />} hint={readableKeys('mod+p')} onSelect={() => window.print()}>
        Print
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Copy size={16} />} onSelect={() => void copyAddress()}>
        Copy the address
      </MenuItem>
    </Menu>
  );
}
