import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './state.module.css';

/** What stands where there is nothing (yet), or nothing any more, with a way on. */
export function StateMessage({
  icon,
  title,
  text,
  fill,
  children,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: string;
  /** As high as the page. */
  readonly fill?: boolean;
  /** The way on: buttons or links. */
  readonly children?: ReactNode;
}) {
  return (
    <div className={classNames(styles.state, fill && styles.fill)}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <h2 className={styles.title}>{title}</h2>
      {text && <p className={styles.text}>{text}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

/** Something is on its way. */
export function Loading({ label = 'Loading', fill }: { readonly label?: string; readonly fill?: boolean }) {
  return (
    <div className={classNames(styles.state, fill && styles.fill)} role="status">
      <div className={styles.spinner} />
      <span className="visually-hidden">{label}</span>
    </div>
  );
}
