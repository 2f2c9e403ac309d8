/** What `make crowd` is told. */
export interface CrowdOptions {
  readonly url: string;
  /** Id or slug; absent: a canvas of its own. */
  readonly canvas: string | undefined;
  /** Of a moderator. */
  readonly key: string | undefined;
  readonly clients: number;
  /** Pixels a second, of all clients together. */
  readonly rate: number;
  /** Pixels in a message. */
  readonly batch: number;
  readonly seconds: number;
}

/** The reader can mend it. */
export class CrowdError extends Error {
  override readonly name = 'CrowdError';
}

const USAGE = `
  make crowd KEY=moderator-key                   paints on a canvas of its own, archived at the end
  make crowd CANVAS=main [KEY=moderator-key]     paints on this canvas, and what it paints stays

  URL=http://127.0.0.1:8000  CLIENTS=1000  RATE=200 (pixels a second in all)  SECONDS=30  BATCH=1 (pixels a message)

  KEY is the server's MODERATOR_KEY, or what it logged at its first start. With it the limits of the canvas are raised as
  far as needed; those of a canvas that was there are put back.`;

/** @throws CrowdError */
export function readCrowdOptions(env: Readonly<Record<string, string | undefined>>): CrowdOptions {
  const url = (env['URL'] || 'http://127.0.0.1:8000').replace(/\/+$/, '');
  if (!(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw new CrowdError(`URL is no http(s) address: ${url}`);
  }
  const [canvas, key] = [env['CANVAS'] || undefined, env['KEY'] || undefined];
  if (canvas === undefined && key === undefined) {
    throw new CrowdError(
      `On which canvas? Everything that is painted there is seen by all who are there.\n${USAGE}`,
    );
  }
  return {
    url,
    canvas,
    key,
    clients: whole(env, 'CLIENTS', 1_000, 10_000),
    rate: whole(env, 'RATE', 200, 100_000),
    batch: whole(env, 'BATCH', 1, 1_000),
    seconds: whole(env, 'SECONDS', 30, 3_600),
  };
}

function whole(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  fallback: number,
  most: number,
): number {
  const text = env[name] || String(fallback);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= most)) {
    throw new CrowdError(`${name} must be a whole number from 1 to ${most}, not ${JSON.stringify(text)}`);
  }
  return value;
}
