import { useEffect, useRef } from 'react';

/**
 * Escape closes something that is no dialog of its own. It is heard before the keys of the page; a menu, a modal dialog or
 * a field that needs the key itself keeps it.
 */
export function useEscape(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest('[role="menu"], [aria-modal="true"]'))
        return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
