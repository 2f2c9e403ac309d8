import { Slider as Radix } from 'radix-ui';
import styles from './panel.module.css';

/** A value between two others, by pointer or by keys. */
export function Slider({
  label,
  valueText,
  ...value
}: {
  readonly label: string;
  /** The value in words. */
  readonly valueText: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}) {
  const { onChange, value: now, ...range } = value;
  return (
    <Radix.Root
      {...range}
      className={styles.slider}
      value={[now]}
      onValueChange={([next = now]) => onChange(next)}
    >
      <Radix.Track className={styles.track}>
        <Radix.Range className={styles.range} />
      </Radix.Track>
      <Radix.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueText} />
    </Radix.Root>
  );
}
