import type { InspectorRecord } from '../../protocol/inspector-socket.ts';

/** What a message spends its time with, in order. */
export const LATENCY_PARTS = ['mailbox', 'handling', 'store', 'publishing'] as const;
export type LatencyPart = (typeof LATENCY_PARTS)[number];

export const PART_LABELS: Readonly<Record<LatencyPart, string>> = {
  mailbox: 'in the mailbox',
  handling: 'handled',
  store: 'until durable',
  publishing: 'until published',
};

export interface LatencySegment {
  readonly part: LatencyPart;
  /** Microseconds. */
  readonly us: number;
}

/** How long each part took, as far as it has happened. Each moment is told since the ask. */
export function segmentsOf(record: InspectorRecord): LatencySegment[] {
  const moments: readonly (readonly [LatencyPart, number | undefined])[] = [
    ['mailbox', record.taken_us],
    ['handling', record.executed_us],
    ['store', record.committed_us],
    ['publishing', record.published_us],
  ];
  const segments: LatencySegment[] = [];
  let before = 0;
  for (const [part, moment] of moments) {
    if (moment === undefined) continue;
    segments.push({ part, us: Math.max(0, moment - before) });
    before = Math.max(before, moment);
  }
  return segments;
}

/** Microseconds from the ask to the last thing that happened. */
export const totalOf = (record: InspectorRecord): number =>
  segmentsOf(record).reduce((sum, { us }) => sum + us, 0);

/**
 * What the whole width of a bar stands for, in µs: the 95th of a hundred, so that one slow message does not make all
 * others invisible, rounded up to 1, 2 or 5 times a power of ten, so that it does not change with each message.
 */
export function scaleOf(records: readonly InspectorRecord[]): number {
  const totals = records.map(totalOf).sort((a, b) => a - b);
  const typical = totals[Math.floor((totals.length - 1) * 0.95)] ?? 0;
  const power = 10 ** Math.floor(Math.log10(Math.max(typical, 10)));
  return [1, 2, 5].map((step) => step * power).find((step) => step >= typical) ?? 10 * power;
}

/** A sentence for who points at a bar, or hears it. */
export function describeLatency(record: InspectorRecord, readable: (us: number) => string): string {
  const parts = segmentsOf(record).map(({ part, us }) => `${readable(us)} ${PART_LABELS[part]}`);
  return parts.length === 0 ? 'waits' : parts.join(' · ');
}
