import { ImageUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import styles from './home-page.module.css';

const hasFiles = (data: DataTransfer | null): data is DataTransfer => data?.types.includes('Files') ?? false;

/** Takes files that are dropped anywhere on the page, or pasted. */
export function ImageDrop({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    // Entering a child comes before leaving its parent.
    let depth = 0;
    const entered = ({ dataTransfer }: DragEvent): void => {
      if (!hasFiles(dataTransfer)) return;
      depth += 1;
      setOver(true);
    };
    const left = ({ dataTransfer }: DragEvent): void => {
      if (!hasFiles(dataTransfer)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const over = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    };
    const dropped = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      if (!hasFiles(event.dataTransfer)) return;
      // Else the browser leaves the page to show the file.
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      if (files.length > 0) latest.current(files);
    };
    const pasted = ({ clipboardData }: ClipboardEvent): void => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) latest.current(files);
    };
    window.addEventListener('dragenter', entered);
    window.addEventListener('dragleave', left);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', dropped);
    window.addEventListener('paste', pasted);
    return () => {
      window.removeEventListener('dragenter', entered);
      window.removeEventListener('dragleave', left);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', dropped);
      window.removeEventListener('paste', pasted);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className={styles.dropping}>
      <ImageUp size={40} aria-hidden />
      Drop the image to make a board of it
    </div>
  );
}
