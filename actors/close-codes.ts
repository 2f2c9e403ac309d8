import type { Problem } from '../protocol/problem.ts';
import { PROBLEM_TABLE } from '../protocol/problem-table.ts';

/** The document of a stay was deleted. */
export const DOCUMENT_DELETED = 4404;
/** WebSocket close code 1013: the client may come back. */
export const TRY_AGAIN_LATER = 1013;
/** WebSocket close code 1011. */
export const INTERNAL_ERROR = 1011;

/** With which WebSocket close code a stay ends that a problem makes impossible. */
export const closeCodeOf = ({ code }: Problem): number => PROBLEM_TABLE[code].close ?? INTERNAL_ERROR;
