import { X } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import styles from './home-page.module.css';
import { useUploads } from './uploads.ts';

/** What is on its way to the server. */
export function UploadPanel() {
  const { uploads } = useUploads();
  return (
    <div className={styles.uploads} role="status">
      {uploads.map(({ id, name, part, cancel }) => (
        <div key={id} className={styles.upload}>
          <span className={styles.uploadName}>{name}</span>
          <span className={styles.percent}>{part < 1 ? `${Math.floor(part * 100)} %` : 'Reading…'}</span>
          <IconButton label={`Cancel ${name}`} onClick={cancel}>
            <X size={16} />
          </IconButton>
          <progress aria-label={`Upload of ${name}`} max={1} value={part} />
        </div>
      ))}
    </div>
  );
}
