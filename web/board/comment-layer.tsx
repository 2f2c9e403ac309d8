import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { useIdentity } from '../app/identity.ts';
import { colorOf } from '../app/person-color.ts';
import { useHotkeys } from '../ui/hotkeys.tsx';
import { useBoard, useBoardState } from './board-context.ts';
import { authorOf, useComments } from './comments/board-comments.ts';
import { ClusterPin } from './comments/cluster-pin.tsx';
import styles from './comments/comments.module.css';
import { DraftCard, DraftPin } from './comments/draft-card.tsx';
import { excerptOf, Pin } from './comments/pin.tsx';
import { clusteredPins, clusterScale, heapedPins } from './comments/place-pins.ts';
import { ThreadCard } from './comments/thread-card.tsx';
import { boardIn, openThread, useThreadFocus } from './comments/thread-focus.ts';
import { isUnread, neighbourThread } from './comments/thread-list.ts';
import { usePeople } from './guests/people.ts';
import { showPlace, useViewportSpace } from './viewport-space.ts';

/** Pins of the comments above the stage, the thread that is open, and the comment that is being written. */
export function CommentLayer() {
  const board = useBoard();
  const layer = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  useViewportSpace(space);
  const { threads, facts, marks, news } = useComments((state) => state);
  const { userId } = useIdentity();
  // Names may become known later than the comments.
  const names = usePeople((state) => state.names);
  const openId = useBoardState((state) => state.thread);
  const draft = useBoardState((state) => state.draft);
  const showResolved = useBoardState((state) => state.showResolved);
  const isPast = useBoardState((state) => state.moment !== undefined);

  const shown = useMemo(
    () => [...threads.values()].filter(({ id, isResolved }) => showResolved || !isResolved || id === openId),
    [threads, showResolved, openId],
  );
  const ranks = useMemo(() => heapedPins(shown), [shown]);
  const scale = useBoardState(({ viewport }) => clusterScale(viewport.scale));
  const { singles, clusters } = useMemo(() => clusteredPins(shown, scale, openId), [shown, scale, openId]);
  const open = openId === undefined ? undefined : threads.get(openId);

  const toggle = useCallback(
    (id: string): void => {
      if (board.store.getState().thread === id) board.store.setState({ thread: undefined });
      else openThread(board.store, id, 'reply');
    },
    [board],
  );
  const step = (by: 1 | -1): void => {
    const next = neighbourThread(shown, openId, by);
    if (next === undefined) return;
    openThread(board.store, next.id, 'card');
    showPlace(board.store, next.position, 'needed');
  };
  useHotkeys('Comments', [
    { keys: 'n', label: 'Next comment', run: () => step(1) },
    { keys: 'shift+n', label: 'Comment before', run: () => step(-1) },
  ]);
  useThreadFocus(layer, openId);

  // Deleted while it was open, by whomever.
  useEffect(() => {
    if (openId !== undefined && open === undefined) board.store.setState({ thread: undefined });
  }, [board, openId, open]);
  // What lies below is reached through this layer: a press on it closes what is open, and keeps what was written.
  useEffect(() => {
    const below = layer.current?.parentElement;
    const pressed = (event: PointerEvent): void => {
      if (event.target instanceof Node && layer.current?.contains(event.target)) return;
      board.store.setState({ thread: undefined, draft: undefined });
    };
    // Before the tools hear of it, which may begin another comment there.
    below?.addEventListener('pointerdown', pressed, { capture: true });
    return () => below?.removeEventListener('pointerdown', pressed, { capture: true });
  }, [board]);

  useWheelThrough(layer);

  const said =
    news === undefined ? '' : `${authorOf(news, facts, names).name} commented: ${excerptOf(news.body)}`;
  return (
    <div ref={layer} className={styles.layer}>
      <div ref={space} className={styles.space} hidden={isPast}>
        {singles.map((thread) => {
          const { name, color } = authorOf(thread.first, facts, names);
          return (
            <Pin
              key={thread.id}
              thread={thread}
              name={name}
              color={color ?? colorOf(thread.id)}
              rank={ranks.get(thread.id) ?? 0}
              isOpen={thread.id === openId}
              isUnread={isUnread(thread, facts, marks, userId)}
              onOpen={toggle}
            />
          );
        })}
        {clusters.map((cluster) => (
          <ClusterPin
            key={cluster.pins[0]?.id}
            cluster={cluster}
            isUnread={cluster.pins.some((thread) => isUnread(thread, facts, marks, userId))}
            onShown={(first) => whenShown(() => focusPin(layer.current, first?.id))}
          />
        ))}
        {draft && <DraftPin draft={draft} />}
      </div>
      {open && !isPast && (
        <ThreadCard key={open.id} thread={open} rank={ranks.get(open.id) ?? 0} onStep={step} />
      )}
      {draft && !isPast && (
        <DraftCard
          draft={draft}
          onSent={(id) => {
            board.store.setState({ draft: undefined, tool: 'select' });
            requestAnimationFrame(() => focusPin(layer.current, id));
          }}
        />
      )}
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </div>
  );
}

/** A wheel turned over a pin moves the board, as everywhere else on it. */
function useWheelThrough(layer: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = layer.current;
    const turned = (event: WheelEvent): void => {
      const stage = boardIn(element);
      if (!stage) return;
      event.preventDefault();
      stage.dispatchEvent(new WheelEvent(event.type, event));
    };
    element?.addEventListener('wheel', turned, { passive: false });
    return () => element?.removeEventListener('wheel', turned);
  }, [layer]);
}

/** Two frames later: the first moves the picture, and the pins come apart. */
const whenShown = (run: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(run));
};

/** The pin of a thread, or the board where it stands among others. */
function focusPin(layer: HTMLElement | null, id: string | undefined): void {
  const pin = layer?.querySelector<HTMLElement>(`[data-thread="${id}"]`);
  (pin ?? boardIn(layer))?.focus({ preventScroll: true });
}
