import type { InspectorVisitor } from '../../protocol/inspector-socket.ts';
import { shortId } from './format.ts';
import { ScrollRegion } from './scroll-region.tsx';
import styles from './table.module.css';

/** Who is at the watched document, through which door, and what they let others see. */
export function PresenceTable({
  visitors,
  total,
}: {
  readonly visitors: readonly InspectorVisitor[];
  readonly total: number;
}) {
  if (visitors.length === 0) return <p className={styles.nothing}>Nobody is joined to this document.</p>;
  return (
    <ScrollRegion label="Presence">
      <table className={styles.table}>
        <caption className={styles.caption}>
          {visitors.length < total ? `The first ${visitors.length} of ${total} sockets` : `${total} joined`}
        </caption>
        <thead>
          <tr>
            <th>User</th>
            <th>Door</th>
            <th>Connection</th>
            <th>Shows</th>
          </tr>
        </thead>
        <tbody>
          {visitors.map(({ connection_id, user_id, door, shows }) => (
            <tr key={connection_id}>
              <td className={styles.clipped}>{user_id}</td>
              <td>{door}</td>
              <td title={connection_id}>
                <code>{shortId(connection_id)}</code>
              </td>
              <td>{shows.length === 0 ? <span className={styles.muted}>nothing</span> : shows.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
