import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { Point } from '../../../client/index.ts';
import { classNames } from '../../ui/class-names.ts';
import { useEscape } from '../../ui/use-escape.ts';
import { useIsNarrow } from '../../ui/use-media.ts';
import styles from './comments.module.css';
import { useCardPlace } from './use-card-place.ts';

/**
 * A card beside a place of the picture; on a phone, at the foot of the screen. Escape closes it, wherever the focus is,
 * unless a field or a menu needs the key.
 */
export function Card({
  at,
  shift = 0,
  label,
  onClose,
  onKeyDown,
  children,
}: {
  readonly at: Point;
  /** How far to the right its pin stands of that place, CSS pixels. */
  readonly shift?: number;
  /** What it is, for those who do not see it. */
  readonly label: string;
  readonly onClose: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}) {
  const card = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow();
  useCardPlace(card, at, shift, isNarrow);
  useEscape(onClose);
  useEffect(() => {
    // The wheel scrolls the card; the board behind it would zoom.
    const element = card.current;
    const keep = (event: Event): void => event.stopPropagation();
    element?.addEventListener('wheel', keep, { passive: true });
    return () => element?.removeEventListener('wheel', keep);
  }, []);
  const content = (
    <div
      ref={card}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={classNames(styles.card, isNarrow && styles.sheet)}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
  return isNarrow ? createPortal(content, document.body) : content;
}
