import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { hrefOf } from './safe-link.ts';

/** Sets, changes or takes away a link: on what is selected, on the link at the cursor, or on words that are put in. */
export function LinkDialog({ editor, onClose }: { readonly editor: Editor; readonly onClose: () => void }) {
  const [before] = useState(() => String(editor.getAttributes('link')['href'] ?? ''));
  const [needsWords] = useState(() => editor.state.selection.empty && before === '');
  const [address, setAddress] = useState(before);
  const [words, setWords] = useState('');
  const [error, setError] = useState<string>();
  const chain = () => editor.chain().focus().extendMarkRange('link');
  const save = (): void => {
    const href = hrefOf(address);
    if (href === undefined) {
      setError(
        'This is no address that a link can lead to. It begins with https://, http://, mailto: or tel:.',
      );
      return;
    }
    if (needsWords) {
      const text = words.trim() || address.trim();
      const content = [{ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }];
      editor.chain().focus().insertContent(content).unsetMark('link').run();
    } else chain().setLink({ href }).run();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={before === '' ? 'Link' : 'Change the link'}
      actions={
        <>
          {before !== '' && (
            <Button
              variant="danger"
              onClick={() => {
                chain().unsetLink().run();
                onClose();
              }}
            >
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label="Address"
          type="url"
          value={address}
          error={error}
          placeholder="https://example.com"
          autoComplete="off"
          onChange={(event) => {
            setAddress(event.target.value);
            setError(undefined);
          }}
        />
        {needsWords && (
          <TextField
            label="Words"
            value={words}
            hint="What is written; the address where this is empty."
            autoComplete="off"
            onChange={(event) => setWords(event.target.value)}
          />
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
