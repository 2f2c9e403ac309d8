import { PROBLEM_TABLE } from '../protocol/problem-table.ts';

/** docs/ERRORS.md: the table of problems for people. Each code is an anchor, so that a problem's `type` leads to it. */
export function errorsDocument(): string {
  const rows = Object.entries(PROBLEM_TABLE).map(([code, row]) => {
    const close = row.close === undefined ? '' : String(row.close);
    return `| <a id="${code}"></a>\`${code}\` | ${row.status} | ${close} | ${row.retry ? 'yes' : 'no'} | ${row.title} | ${row.meaning} |`;
  });
  return [
    '# Errors',
    '',
    'Every HTTP error is `application/problem+json` (RFC 9457) with a `code` of this table; `type` leads here, and',
    '`request_id` is what to quote. WebSocket errors carry the same codes; *close* is the close code of a socket that the',
    'error ends. *Retry*: the same request may succeed later without a change. A test keeps this page equal to',
    '`protocol/problem-table.ts`; `make generate` writes it.',
    '',
    '| code | HTTP | close | retry | title | meaning |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
