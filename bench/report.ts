/** One figure of a benchmark. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the product promises, for figures that are ratios or bounds. */
  readonly target?: string;
}

/** Prints the figures of one benchmark: a table for people, JSON lines for machines. */
export function report(bench: string, figures: readonly Figure[]): void {
  const rows = figures.map(({ name, value, unit, target }) => [name, readable(value), unit, target ?? '']);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  console.log(`\n${bench}`);
  for (const [name = '', value = '', unit = '', target = ''] of rows) {
    console.log(
      `  ${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)} ${unit.padEnd(widths[2] ?? 0)}  ${target}`,
    );
  }
  for (const figure of figures) console.log(JSON.stringify({ bench, ...figure }));
}

function readable(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
