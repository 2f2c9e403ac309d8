import { Link } from 'wouter';
import { readableTime, shortId } from './format.ts';
import { useInspector } from './inspector-state.ts';
import { ScrollRegion } from './scroll-region.tsx';
import styles from './table.module.css';

/** The latest crashes: of one document, or of all. */
export function CrashTable({ id }: { readonly id?: string }) {
  const all = useInspector((state) => state.crashes);
  const total = useInspector((state) => state.crashCount);
  const crashes = id === undefined ? all : all.filter((crash) => crash.id === id);
  if (crashes.length === 0) {
    return (
      <p className={styles.nothing}>
        {id === undefined || total === 0
          ? 'Nothing has crashed since the server began.'
          : 'This document has not crashed lately.'}
      </p>
    );
  }
  return (
    <ScrollRegion label="Crashes">
      <table className={styles.table}>
        <caption className={styles.caption}>
          {id === undefined
            ? `Crashes (${total} since the server began)`
            : 'What ended this actor; it began anew from its log'}
        </caption>
        <thead>
          <tr>
            <th>When</th>
            {id === undefined && <th>Document</th>}
            <th className={styles.number}>Seq</th>
            <th>Reason</th>
          </tr>
        </thead>
        <tbody>
          {crashes.map((crash) => (
            <tr key={crash.no}>
              <td className={styles.time} title={new Date(crash.at).toLocaleString()}>
                {readableTime(crash.at)}
              </td>
              {id === undefined && (
                <td>
                  <Link href={`/debug/actors?actor=${crash.id}`}>
                    {crash.kind} {shortId(crash.id)}
                  </Link>
                </td>
              )}
              <td className={styles.number}>{crash.seq}</td>
              <td className={styles.reason}>{crash.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
