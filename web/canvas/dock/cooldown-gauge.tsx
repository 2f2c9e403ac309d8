import { type ReactNode, useEffect, useRef } from 'react';
import { useCanvas } from '../live/canvas-context.ts';
import { seconds } from '../paint/cooldown.ts';
import styles from './dock.module.css';

const EVERY_MS = 100;

/** What one paints with, and how much of the burst is left or how long to wait: written straight into the page, since it moves all the time. */
export function CooldownGauge({ children }: { readonly children: ReactNode }) {
  const { live } = useCanvas();
  const words = useRef<HTMLSpanElement>(null);
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const show = (): void => {
      const now = performance.now();
      const { cooldown } = live;
      const wait = cooldown.waitMs(now);
      const text = wait > 0 ? `Wait ${seconds(wait)}` : `${cooldown.left(now).toLocaleString('en')} left`;
      if (words.current !== null && words.current.textContent !== text) words.current.textContent = text;
      const part = cooldown.waited(now) ?? cooldown.fullness(now);
      if (bar.current === null) return;
      bar.current.style.transform = `scaleX(${part.toFixed(3)})`;
      bar.current.dataset['waiting'] = String(wait > 0);
    };
    show();
    const timer = setInterval(show, EVERY_MS);
    return () => clearInterval(timer);
  }, [live]);
  return (
    <div className={styles.gauge} title="How many pixels you may paint at once; they come back with time">
      <span className={styles.gaugeLine}>
        {children}
        <span ref={words} className={styles.gaugeWords} />
      </span>
      <span className={styles.gaugeTrack} aria-hidden>
        <span ref={bar} className={styles.gaugeBar} />
      </span>
    </div>
  );
}
