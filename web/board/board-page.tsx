import { CloudOff, FileQuestion } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import * as Y from 'yjs';
import { ApiError, createUndo, type Room, RoomProvider } from '../../client/index.ts';
import { roomsApi, SERVER_URL } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';
import { useIdentity } from '../app/identity.ts';
import { Late, LatePart } from '../app/late-part.tsx';
import { TopBar } from '../app/top-bar.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Loading, StateMessage } from '../ui/state.tsx';
import { toast } from '../ui/toast.tsx';
import { AnnotationIndex } from './annotation-index.ts';
import { BasePicture } from './base-picture.tsx';
import { type Board, BoardContext, useBoardState } from './board-context.ts';
import styles from './board-page.module.css';
import { createBoardStore } from './board-state.ts';
import { BoardTopBar, exportDialog } from './board-top-bar.tsx';
import { CommentLayer } from './comment-layer.tsx';
import { EmptyHint } from './empty-hint.tsx';
import { GuestLayer } from './guest-layer.tsx';
import { BoardStage } from './stage/board-stage.tsx';
import { preloadFonts } from './stage/text-fonts.ts';
import { ToolRail } from './tool-rail.tsx';
import { ViewportMotion } from './viewport-motion.ts';
import { ZoomBar } from './zoom-bar.tsx';

/** What is not seen at first: loaded a little later, so that it is there without a connection too. */
const sidePanel = new LatePart(async () => (await import('./board-side-panel.tsx')).BoardSidePanel);
const styleBar = new LatePart(async () => (await import('./style-bar.tsx')).StyleBar);
const momentView = new LatePart(async () => (await import('./moment-view.tsx')).MomentView);
const boardMenu = new LatePart(async () => (await import('./menu/board-menu.tsx')).BoardMenu);
const LATER_MS = 1000;

type Loaded =
  | { readonly name: 'loading' }
  | { readonly name: 'there'; readonly room: Room }
  | { readonly name: 'gone' }
  | { readonly name: 'failed'; readonly message: string };

/** An annotation board: a picture, on which many draw and comment at once. */
export default function BoardPage({ roomId }: { readonly roomId: string }) {
  const [loaded, setLoaded] = useState<Loaded>({ name: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isOver = false;
    roomsApi
      .get(roomId)
      .then((room): Loaded => (room.status === 'deleted' ? { name: 'gone' } : { name: 'there', room }))
      .catch((error: unknown): Loaded => {
        const isUnknown = error instanceof ApiError && error.status >= 400 && error.status < 500;
        return isUnknown ? { name: 'gone' } : { name: 'failed', message: errorText(error) };
      })
      .then((next) => {
        if (!isOver) setLoaded(next);
      });
    return () => {
      isOver = true;
    };
  }, [roomId, attempt]);
  switch (loaded.name) {
    case 'there':
      return <OpenBoard room={loaded.room} onGone={() => setLoaded({ name: 'gone' })} />;
    case 'gone':
      return <Gone />;
    case 'failed':
      return (
        <>
          <TopBar />
          <StateMessage fill icon={<CloudOff />} title="The board could not be opened" text={loaded.message}>
            <Button variant="primary" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </Button>
            <Link className={buttonClass()} href="/">
              All documents
            </Link>
          </StateMessage>
        </>
      );
    case 'loading':
      return (
        <>
          <TopBar />
          <Loading fill label="The board is being opened" />
        </>
      );
  }
}

const Gone = () => (
  <>
    <TopBar />
    <StateMessage
      fill
      icon={<FileQuestion />}
      title="This board is not here"
      text="It was deleted, or its address is not right."
    >
      <Link className={buttonClass('primary')} href="/">
        All documents
      </Link>
    </StateMessage>
  </>
);

/** Between two attempts to reach the server. */
const LONGEST_WAIT_MS = 5000;

function createBoard(room: Room): Board {
  const { userId, name: displayName } = useIdentity.getState();
  const doc = new Y.Doc();
  const provider = new RoomProvider(doc, {
    url: SERVER_URL,
    roomId: room.id,
    userId,
    displayName,
    // Who looks at a board does not want to wait for long.
    backoff: { maxMs: LONGEST_WAIT_MS },
  });
  const store = createBoardStore();
  return {
    room,
    doc,
    provider,
    store,
    undo: createUndo(doc),
    annotations: new AnnotationIndex(doc),
    motion: new ViewportMotion(store),
  };
}

function destroyBoard({ annotations, motion, undo, provider, doc }: Board): void {
  annotations.destroy();
  motion.destroy();
  undo.destroy();
  provider.destroy();
  doc.destroy();
}

function OpenBoard({ room, onGone }: { readonly room: Room; readonly onGone: () => void }) {
  const [board, setBoard] = useState<Board>();
  useEffect(() => {
    const made = createBoard(room);
    setBoard(made);
    return () => destroyBoard(made);
  }, [room]);
  useEffect(() => {
    if (board === undefined) return;
    const { provider } = board;
    const stops = [
      provider.on('status', ({ name, ...rest }) => {
        if (name === 'closed' && 'code' in rest && rest.code === CLOSE_GONE) onGone();
      }),
      provider.on('error', ({ message }) =>
        toast({ key: 'provider', tone: 'danger', title: 'The server refused something', detail: message }),
      ),
      provider.on('quarantined', () =>
        toast({
          key: 'quarantined',
          tone: 'warning',
          title: 'Others cannot see one of your changes',
          detail: 'It does not fit the rules of annotations. Undo it, or change it.',
        }),
      ),
    ];
    const later = setTimeout(() => {
      for (const part of [styleBar, sidePanel, momentView, boardMenu, exportDialog]) part.preload();
      preloadFonts();
    }, LATER_MS);
    const online = (): void => provider.retryNow();
    const leaving = (event: BeforeUnloadEvent): void => {
      if (!provider.saved) event.preventDefault();
    };
    window.addEventListener('online', online);
    window.addEventListener('beforeunload', leaving);
    return () => {
      clearTimeout(later);
      for (const stop of stops) stop();
      window.removeEventListener('online', online);
      window.removeEventListener('beforeunload', leaving);
    };
  }, [board, onGone]);
  if (board === undefined) return null;
  return (
    <BoardContext.Provider value={board}>
      <div className={styles.page}>
        <BoardTopBar />
        <main className={styles.work}>
          <div className={styles.place}>
            <BoardStage />
            <GuestLayer />
            <CommentLayer />
            <ToolRail />
            <LookBar />
            <ZoomBar />
            <Moment />
            <EmptyHint />
            <BasePicture />
            <PressedMenu />
          </div>
          <SidePanel />
        </main>
      </div>
    </BoardContext.Provider>
  );
}

/** The server's word for a room that is deleted. */
const CLOSE_GONE = 4404;

function SidePanel() {
  const isOpen = useBoardState((state) => state.panel !== undefined);
  return isOpen && <Late part={sidePanel} />;
}

function Moment() {
  const isPast = useBoardState((state) => state.moment !== undefined);
  return isPast && <Late part={momentView} />;
}

function PressedMenu() {
  const isOpen = useBoardState((state) => state.menu !== undefined);
  return isOpen && <Late part={boardMenu} />;
}

function LookBar() {
  const isWanted = useBoardState(
    ({ selection, tool }) => selection.length > 0 || !['select', 'pan', 'comment'].includes(tool),
  );
  return isWanted && <Late part={styleBar} />;
}
