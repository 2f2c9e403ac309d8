/** Something is not as the server promises, or cannot be done. The message is the one line that a person reads. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}

/** The one line about anything that was thrown. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  // fetch says only "fetch failed"; why is in its cause.
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
