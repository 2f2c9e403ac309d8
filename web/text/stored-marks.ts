import { Extension } from '@tiptap/core';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import { Plugin } from '@tiptap/pm/state';

/**
 * Keeps what the user is about to write in, such as bold that was just switched on or off, while others write: ProseMirror
 * forgets it at any change of the document.
 */
export const StoredMarks = Extension.create({
  name: 'storedMarks',
  addProseMirrorPlugins: () => [
    new Plugin({
      appendTransaction: (transactions, before, after) => {
        const isOthers = transactions.every((each) => !each.docChanged || isChangeOrigin(each));
        if (before.storedMarks === null || after.storedMarks !== null || !isOthers) return null;
        if (!transactions.some(({ docChanged }) => docChanged) || !after.selection.empty) return null;
        return after.tr.setStoredMarks(before.storedMarks);
      },
    }),
  ],
});
