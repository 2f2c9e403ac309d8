import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { TopBar } from '../app/top-bar.tsx';
import { useTitle } from '../app/use-title.ts';
import { classNames } from '../ui/class-names.ts';
import { useHotkeys } from '../ui/hotkeys.tsx';
import { createText } from './create-text.ts';
import { pathOfCard } from './document-card.ts';
import { DocumentList } from './document-list.tsx';
import styles from './home-page.module.css';
import { ImageDrop } from './image-drop.tsx';
import { NewBoardDialog } from './new-board-dialog.tsx';
import { NewCanvasDialog } from './new-canvas-dialog.tsx';
import { StartStrip } from './start-strip.tsx';
import { UploadPanel } from './upload-panel.tsx';
import { uploadImages } from './uploads.ts';
import { useBeginning } from './use-beginning.ts';
import { useRefresh } from './use-refresh.ts';

/** All documents, and the ways to begin one. */
export default function HomePage() {
  useTitle(undefined);
  useRefresh();
  const [, navigate] = useLocation();
  const beginning = useBeginning();
  const [dialog, setDialog] = useState<'board' | 'canvas'>();
  const files = useRef<HTMLInputElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const openBoard = (id: string): void => navigate(pathOfCard({ kind: 'board', id }));
  const take = (taken: readonly File[]): void => void uploadImages(taken, openBoard);
  const begin = {
    image: () => files.current?.click(),
    board: () => setDialog('board'),
    text: () => void createText((id) => navigate(pathOfCard({ kind: 'text', id }))),
    canvas: () => setDialog('canvas'),
  };
  useHotkeys('All documents', [
    { keys: '/', label: 'Search', run: () => search.current?.focus() },
    { keys: 'u', label: 'Board from an image', run: begin.image },
    { keys: 'b', label: 'Blank board', run: begin.board },
    { keys: 't', label: 'New text', run: begin.text },
    { keys: 'c', label: 'New canvas', run: begin.canvas },
  ]);
  return (
    <>
      <TopBar />
      <main className={classNames(styles.page, beginning === 'unknown' && styles.unknown)}>
        <StartStrip begin={begin} isFirst={beginning === 'first'} />
        <DocumentList searchRef={search} />
      </main>
      <input
        ref={files}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label="Images for boards"
        onChange={(event) => {
          take([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <ImageDrop onFiles={take} />
      <UploadPanel />
      {dialog === 'board' && <NewBoardDialog onClose={() => setDialog(undefined)} onMade={openBoard} />}
      {dialog === 'canvas' && (
        <NewCanvasDialog
          onClose={() => setDialog(undefined)}
          onMade={(id) => navigate(pathOfCard({ kind: 'canvas', id }))}
        />
      )}
    </>
  );
}
