import { ApiError } from '../../client/rest-client.ts';

/** What went wrong, in words for a toast: what the server said, or that it was not reached. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) {
    const { problem } = error;
    if (typeof problem === 'object' && problem !== null && 'detail' in problem) return String(problem.detail);
    return error.message;
  }
  if (error instanceof TypeError) return 'The server cannot be reached.';
  return error instanceof Error ? error.message : String(error);
}
