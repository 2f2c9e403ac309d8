import { Problem } from '../../protocol/problem.ts';

/** The runtime rejects with Problems only. What else comes is a defect, and not the client's. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('internal', 'The server failed.', { cause: error });
