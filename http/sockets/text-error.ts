import type { ProblemCode } from '../../protocol/problem-table.ts';
import type { TextErrorCode } from '../../protocol/text-socket.ts';

const OWN: ReadonlySet<ProblemCode> = new Set<TextErrorCode>([
  'bad_json',
  'bad_message',
  'bad_update',
  'too_large',
  'not_joined',
  'not_found',
  'rate_limited',
  'unavailable',
]);

const isOwn = (code: ProblemCode): code is TextErrorCode => OWN.has(code);

/**
 * The word of this door for a problem. What may pass is `unavailable`, also a defect: the client sends its update again
 * and is told, by its `opId`, what became of it.
 */
export function textErrorOf(code: ProblemCode): TextErrorCode {
  if (isOwn(code)) return code;
  return code === 'overloaded' || code === 'internal' ? 'unavailable' : 'bad_message';
}
