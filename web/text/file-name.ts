const MOST_LETTERS = 100;
/** What one of the usual file systems does not take. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cf}]+/gu;

/** A name for a file that has the title of a document, on every system. */
export function fileNameOf(title: string, extension: string): string {
  const name = [...title.replace(FORBIDDEN, ' ').replace(/\s+/g, ' ')]
    .slice(0, MOST_LETTERS)
    .join('')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return `${name || 'Untitled'}.${extension}`;
}
