import { type Canvas, CanvasesApi, type CanvasPatch } from '../../client/canvases-api.ts';
import { doorUrl } from '../../client/connection-options.ts';
import { ApiError } from '../../client/rest-client.ts';
import { SessionsApi } from '../../client/sessions-api.ts';
import { CrowdError, type CrowdOptions } from './crowd-options.ts';

/** Sessions that are opened at the same time. */
const AT_ONCE = 16;
const SIDE = 900;

/** Where a crowd paints. */
export interface CrowdSite {
  readonly canvas: Canvas;
  readonly api: CanvasesApi;
  readonly socketUrl: string;
  /** Whether nobody else paints there. */
  readonly isOwn: boolean;
  /** Leaves the canvas as it was found, or archives it where it was made for the crowd. */
  close(): Promise<void>;
}

/** @throws CrowdError where the server or the canvas is not there, or the key is not the moderator's */
export async function openSite(options: CrowdOptions): Promise<CrowdSite> {
  const { url, canvas: asked, key } = options;
  try {
    const moderator = key === undefined ? undefined : await moderatorOf(url, key);
    const canvas = await findCanvas(url, asked, moderator, options);
    const undo = asked === undefined ? ({ status: 'archived' } as const) : { rateLimits: canvas.rateLimits };
    if (asked !== undefined) await moderator?.update(canvas.id, { rateLimits: wide(options) });
    return {
      canvas,
      api: new CanvasesApi(url),
      socketUrl: doorUrl(url, `v1/ws/canvases/${canvas.id}`).href,
      isOwn: asked === undefined,
      close: async () => {
        await moderator?.update(canvas.id, { ...undo, reason: 'The crowd has left' });
      },
    };
  } catch (error) {
    throw explained(error, url);
  }
}

/** As many users as sockets. */
export async function openSessions(url: string, count: number): Promise<string[]> {
  const api = new SessionsApi(url);
  const tokens: string[] = [];
  try {
    while (tokens.length < count) {
      const names = Array.from(
        { length: Math.min(AT_ONCE, count - tokens.length) },
        (_, n) => `Crowd ${tokens.length + n + 1}`,
      );
      const sessions = await Promise.all(names.map((name) => api.create({ name })));
      tokens.push(...sessions.map(({ token }) => token));
    }
    return tokens;
  } catch (error) {
    throw explained(error, url);
  }
}

async function moderatorOf(url: string, moderatorKey: string): Promise<CanvasesApi> {
  try {
    const { token } = await new SessionsApi(url).create({ name: 'Crowd', moderatorKey });
    return new CanvasesApi(url, { token });
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 403)) throw error;
    throw new CrowdError(
      'KEY is not the moderator key of this server: that is its MODERATOR_KEY, or what it logged at its first start.',
    );
  }
}

async function findCanvas(
  url: string,
  asked: string | undefined,
  moderator: CanvasesApi | undefined,
  options: CrowdOptions,
): Promise<Canvas> {
  if (asked !== undefined || moderator === undefined) return new CanvasesApi(url).get(asked ?? 'main');
  const rateLimits = wide(options);
  return moderator.create({
    name: 'Crowd',
    width: SIDE,
    height: SIDE,
    rateLimits,
    reason: 'A crowd is coming',
  });
}

/** Limits that do not hinder the crowd: what is measured is the server. */
function wide({ rate, clients, batch }: CrowdOptions): NonNullable<CanvasPatch['rateLimits']> {
  const pixelsPerSecond = Math.min(1_000_000, 2 * rate + 1_000);
  const all = { pixelsPerSecond, burst: Math.min(1_000_000, 2 * pixelsPerSecond + batch) };
  return { perUser: all, perAddress: all, connectionsPerAddress: 2 * clients + 100 };
}

/** What a person is to read of a problem, where the answer is one. */
function detailOf({ problem, message }: ApiError): string {
  const { detail } = (problem ?? {}) as { readonly detail?: unknown };
  return typeof detail === 'string' ? detail : message;
}

function explained(error: unknown, url: string): Error {
  if (error instanceof CrowdError) return error;
  if (error instanceof ApiError) return new CrowdError(`${url} says ${error.status}: ${detailOf(error)}`);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return new CrowdError(`No server answers at ${url}: ${cause}`);
}
