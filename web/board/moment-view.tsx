import { ImageOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../client/index.ts';
import { errorText } from '../app/error-text.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { StateMessage } from '../ui/state.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { useBoard, useBoardState } from './board-context.ts';
import type { Moment } from './board-state.ts';
import type { PastState } from './versions/bring-back.ts';
import { BringBackDialog } from './versions/bring-back-dialog.tsx';
import { loadPicture } from './versions/preview.ts';
import styles from './versions/versions.module.css';
import { useViewportSpace } from './viewport-space.ts';

/** A slider passes many moments; only where it rests a picture is drawn. */
const REST_MS = 120;

/** The board as it was, over the board as it is; read only. */
export function MomentView() {
  const moment = useBoardState((state) => state.moment);
  return moment === undefined ? null : <Past moment={moment} />;
}

function Past({ moment }: { readonly moment: Moment }) {
  const { store } = useBoard();
  const page = useBoardState((state) => state.page);
  const space = useRef<HTMLDivElement>(null);
  useViewportSpace(space);
  const { picture, problem, isBusy } = usePicture(moment.imageUrl);
  const [asked, setAsked] = useState<PastState>();
  const back = (): void => store.setState({ moment: undefined });
  useEscape(back);
  const [natural, setNatural] = useState({ width: 0, height: 0 });
  const { width, height } = page ?? natural;
  return (
    <section className={styles.past} aria-label="The board as it was">
      <div ref={space} className={styles.space}>
        {picture !== undefined && problem === undefined && (
          <img
            className={classNames(styles.picture, isBusy && styles.busy)}
            src={picture}
            alt={`The board: ${moment.title}`}
            style={{
              width: `calc(${width}px * var(--scale))`,
              height: `calc(${height}px * var(--scale))`,
            }}
            onLoad={({ currentTarget }) =>
              setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
            }
          />
        )}
      </div>
      {problem !== undefined && (
        <div className={styles.refusal}>
          <StateMessage icon={<ImageOff />} title="This moment cannot be shown" text={problem} />
        </div>
      )}
      <div className={styles.banner}>
        <p role="status">
          You are looking at <strong>{moment.title}</strong>
          {isBusy && <span className="visually-hidden">, loading</span>}
        </p>
        <Button onClick={back}>Back to now</Button>
        <Button
          variant="primary"
          disabled={problem !== undefined}
          onClick={() => setAsked({ seq: moment.seq, title: moment.title })}
        >
          Bring this back
        </Button>
      </div>
      <BringBackDialog state={asked} onDone={() => setAsked(undefined)} />
    </section>
  );
}

/** The picture at an address; the one before stays until it is here. */
function usePicture(url: string) {
  const [shown, setShown] = useState<{
    readonly url: string;
    readonly picture?: string;
    readonly problem?: string;
  }>({
    url: '',
  });
  const held = useRef<string>(undefined);
  useEffect(() => {
    const stop = new AbortController();
    const hold = (picture: string): void => {
      if (held.current !== undefined) URL.revokeObjectURL(held.current);
      held.current = picture;
    };
    const timer = setTimeout(() => {
      loadPicture(url, stop.signal).then(
        (picture) => {
          if (stop.signal.aborted) return URL.revokeObjectURL(picture);
          hold(picture);
          setShown({ url, picture });
        },
        (error: unknown) => {
          if (!stop.signal.aborted) setShown({ url, problem: inWords(error) });
        },
      );
    }, REST_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [url]);
  useEffect(
    () => () => {
      if (held.current !== undefined) URL.revokeObjectURL(held.current);
    },
    [],
  );
  const isBusy = shown.url !== url;
  return { picture: shown.picture, problem: isBusy ? undefined : shown.problem, isBusy };
}

function inWords(error: unknown): string {
  if (error instanceof ApiError && error.status === 410)
    return 'It is too long ago: only versions that somebody named are kept for good.';
  return errorText(error);
}
