import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './scroll-region.module.css';

/** Something that may be wider than the screen, and scrolls by itself, also by keyboard. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classNames(styles.region, className)} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
