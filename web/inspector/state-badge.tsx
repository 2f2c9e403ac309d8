import { classNames } from '../ui/class-names.ts';
import styles from './state-badge.module.css';

const LOOKS: Readonly<Record<string, string | undefined>> = {
  active: styles.active,
  loading: styles.moving,
  passivating: styles.moving,
  crashed: styles.crashed,
};

/** The state of an actor's chart. */
export function StateBadge({ state }: { readonly state: string }) {
  return <span className={classNames(styles.badge, LOOKS[state])}>{state}</span>;
}
