import type { Request } from 'express';

/** Aborts when the request is answered, or its caller has gone: what was done only for it may end. */
export function abandonment({ res }: Request): AbortSignal {
  const controller = new AbortController();
  if (res === undefined || res.closed) controller.abort();
  else res.once('close', () => controller.abort());
  return controller.signal;
}
