import { type RefObject, useEffect, useState } from 'react';

/** Pixels around what is seen: a picture should be there when it is scrolled to. */
const MARGIN = '300px';

/** Whether an element is in sight, or nearly. */
export function useInView(ref: RefObject<Element | null>): boolean {
  const [isInView, setInView] = useState(false);
  useEffect(() => {
    if (ref.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: MARGIN },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return isInView;
}
