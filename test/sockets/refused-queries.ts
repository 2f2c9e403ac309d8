/** Queries that no door takes to which somebody comes by a name and goes on after an event. */
export const REFUSED_QUERIES: readonly Readonly<Record<string, string>>[] = [
  { last_seq: '1' },
  { lastSeq: '-1' },
  { lastSeq: '1.5' },
  { lastSeq: '9007199254740992' },
  { lastSeq: 'x' },
  { userId: 'x'.repeat(129) },
  { userId: 'a\nb' },
  { displayName: '\u0000' },
];
