import styles from './curve.module.css';
import { readableCount } from './format.ts';

const WIDTH = 180;
const HEIGHT = 40;
const MOMENTS = 60;

/** Messages a second over the last minute. */
export function Curve({ values, total }: { readonly values: readonly number[]; readonly total: number }) {
  const most = Math.max(1, ...values);
  const first = MOMENTS - values.length;
  const points = values.map((value, index) => {
    const x = ((first + index) / (MOMENTS - 1)) * WIDTH;
    return `${x.toFixed(1)},${(HEIGHT - 2 - (value / most) * (HEIGHT - 6)).toFixed(1)}`;
  });
  const begin = ((first / (MOMENTS - 1)) * WIDTH).toFixed(1);
  const now = values.at(-1) ?? 0;
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={`${now} messages in the last second, ${most} at most in a second of the last minute`}
      >
        <line className={styles.ground} x1={0} x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
        {points.length > 1 && (
          <>
            <polygon
              className={styles.area}
              points={`${begin},${HEIGHT - 1} ${points.join(' ')} ${WIDTH},${HEIGHT - 1}`}
            />
            <polyline className={styles.line} points={points.join(' ')} />
          </>
        )}
      </svg>
      <figcaption className={styles.caption}>
        <span className={styles.now}>
          <b>{readableCount(now)}</b> messages/s
        </span>
        <span>{readableCount(total)} since watched</span>
      </figcaption>
    </figure>
  );
}
