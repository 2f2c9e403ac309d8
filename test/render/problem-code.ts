import { Problem } from '../../protocol/problem.ts';
import type { ProblemCode } from '../../protocol/problem-table.ts';

/** Code of the Problem that a call throws; anything else that it throws is thrown on. */
export function problemCode(call: () => unknown): ProblemCode | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** The same for a promise. */
export async function rejectedCode(promise: Promise<unknown>): Promise<ProblemCode | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
