import { roomsApi } from '../../app/api.ts';
import { buttonClass } from '../../ui/button.tsx';
import styles from './export.module.css';
import { type ExportEntry, useExports } from './export-store.ts';
import { sizeWords } from './export-words.ts';

/** What was exported in this session, and how far what is under way has come. */
export function ExportList({ roomId }: { readonly roomId: string }) {
  const all = useExports((state) => state.entries);
  const entries = all.filter((entry) => entry.roomId === roomId);
  if (entries.length === 0) return null;
  return (
    <section className={styles.recent} aria-label="Exports of this session">
      <h3 className={styles.label}>Exported</h3>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <li key={entry.jobId} className={styles.entry}>
            <span className={styles.title}>{entry.title}</span>
            <span className={styles.state} role="status">
              {stateOf(entry)}
            </span>
            {entry.job?.status === 'completed' && (
              <a className={buttonClass()} href={roomsApi.exportUrl(entry.jobId)} download>
                Download
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateOf({ job, problem }: ExportEntry) {
  if (problem !== undefined) return <span className={styles.problem}>{problem}</span>;
  if (job === undefined || job.status === 'queued') return 'Waiting for its turn…';
  if (job.status === 'processing')
    return (
      <>
        <span className="visually-hidden">Drawing</span>
        <progress
          className={styles.progress}
          max={1}
          value={job.progress}
          aria-label="Progress of the export"
        />
      </>
    );
  const size = job.size === undefined ? '' : ` · ${sizeWords(job.size)}`;
  return `${job.format.toUpperCase()} · ${job.scale}×${size}`;
}
