import { Check, CircleAlert, CloudOff, RefreshCw } from 'lucide-react';
import type { ConnectionStatus } from '../../client/index.ts';
import { classNames } from './class-names.ts';
import styles from './connection-badge.module.css';

/**
 * Whether the server has everything, in words that are true: `saved` as the providers of `client/` claim it.
 *
 * @param saved - `undefined` where nothing is written, such as for a spectator
 */
export function ConnectionBadge({
  status,
  saved,
}: {
  readonly status: ConnectionStatus;
  readonly saved?: boolean | undefined;
}) {
  const { look, word, icon } = lookOf(status.name, saved);
  return (
    <span className={classNames(styles.badge, styles[look])} role="status" title={word}>
      {icon}
      <span className={styles.word}>{word}</span>
    </span>
  );
}

function lookOf(name: ConnectionStatus['name'], saved: boolean | undefined) {
  if (name === 'closed')
    return { look: 'gone', word: 'Disconnected', icon: <CircleAlert size={14} aria-hidden /> } as const;
  if (name === 'live' && saved === undefined)
    return { look: 'ok', word: 'Live', icon: <Check size={14} aria-hidden /> } as const;
  if (name === 'live' && saved)
    return { look: 'ok', word: 'Saved', icon: <Check size={14} aria-hidden /> } as const;
  if (name === 'live')
    return { look: 'busy', word: 'Saving…', icon: <RefreshCw size={14} aria-hidden /> } as const;
  if (name === 'waiting')
    return {
      look: 'away',
      word: saved === false ? 'Offline, changes kept here' : 'Offline',
      icon: <CloudOff size={14} aria-hidden />,
    } as const;
  return { look: 'busy', word: 'Connecting…', icon: <RefreshCw size={14} aria-hidden /> } as const;
}
