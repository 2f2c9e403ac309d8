import { useEffect } from 'react';

/** The title of the tab, such as the name of the document. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined || title === '' ? 'Troupe' : `${title} – Troupe`;
  }, [title]);
}
