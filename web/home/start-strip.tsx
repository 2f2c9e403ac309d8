import { Grid3x3, ImageUp, ScrollText, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import { useMedia } from '../ui/use-media.ts';
import styles from './start-strip.module.css';

export interface Begin {
  readonly image: () => void;
  readonly board: () => void;
  readonly text: () => void;
  readonly canvas: () => void;
}

/** The ways to begin. Where there is nothing yet, they say more. */
export function StartStrip({
  begin,
  isFirst,
}: {
  readonly begin: Begin;
  /** There is nothing yet but what the server begins with. */
  readonly isFirst: boolean;
}) {
  const isTouched = useMedia('(pointer: coarse)');
  return (
    <section className={classNames(styles.strip, isFirst && styles.first)} aria-labelledby="begin">
      <h1 id="begin" className={styles.title}>
        {isFirst ? 'What do you want to make together?' : 'Begin something'}
      </h1>
      <div className={styles.ways}>
        <Way
          icon={<ImageUp />}
          tone="board"
          title="Board from an image"
          text={
            isTouched
              ? 'Choose a picture, or take one.'
              : 'Drop it anywhere on this page, paste it, or choose a file.'
          }
          onClick={begin.image}
        />
        <Way
          icon={<Square />}
          tone="board"
          title="Blank board"
          text="A white page to draw, point and comment on."
          onClick={begin.board}
        />
        <Way
          icon={<ScrollText />}
          tone="text"
          title="Text"
          text="Write together, with headings, lists and tables."
          onClick={begin.text}
        />
        <Way
          icon={<Grid3x3 />}
          tone="canvas"
          title="Pixel canvas"
          text="A large picture that everybody paints, pixel by pixel."
          onClick={begin.canvas}
        />
      </div>
    </section>
  );
}

function Way({
  icon,
  tone,
  title,
  text,
  onClick,
}: {
  readonly icon: ReactNode;
  readonly tone: 'board' | 'text' | 'canvas';
  readonly title: string;
  readonly text: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" className={styles.way} onClick={onClick}>
      <span className={classNames(styles.icon, styles[tone])}>{icon}</span>
      <span className={styles.words}>
        <span className={styles.name}>{title}</span>
        <span className={styles.text}>{text}</span>
      </span>
    </button>
  );
}
