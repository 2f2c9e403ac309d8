import { SessionKeeper } from '../../../client/session-keeper.ts';
import type { NewSession, Session, SessionsApi } from '../../../client/sessions-api.ts';
import { painterName } from './painter-name.ts';

const KEY = 'troupe.session';

/**
 * Who paints: one user for all tabs of this browser, in `localStorage`. The session of a moderator is kept for this tab only, so
 * that it does not stay on a machine that others use.
 */
export class PainterSession {
  readonly #api: SessionsApi;
  readonly #name: () => string;
  readonly #changed: (session: Session) => void;
  #keeper: SessionKeeper;

  /** @param name of a user that has to be made */
  constructor(api: SessionsApi, name: () => string, changed: (session: Session) => void) {
    this.#api = api;
    this.#name = name;
    this.#changed = changed;
    this.#keeper = this.#keep(read(sessionStorage) ?? read(localStorage));
  }

  /** What the option `token` of a `CanvasConnection` wants. */
  readonly token = (refused?: string): Promise<string> => this.#keeper.token(refused);

  get current(): Session | undefined {
    return this.#keeper.session;
  }

  /** The same user, named otherwise. */
  async rename(name: string): Promise<Session> {
    return this.#adopt(await this.#api.renew(await this.token(), sessionOf(name)));
  }

  /** @throws ApiError 403 where the key is wrong, 429 after too many wrong ones */
  async becomeModerator(moderatorKey: string): Promise<Session> {
    return this.#adopt(await this.#api.renew(await this.token(), { moderatorKey }));
  }

  /** A painter again, and another user: a moderator's token cannot be made a lesser one. */
  async stopModerating(): Promise<void> {
    sessionStorage.removeItem(KEY);
    const painter = read(localStorage);
    this.#keeper.stop();
    this.#keeper = this.#keep(painter?.userId === this.current?.userId ? undefined : painter);
    await this.token();
  }

  stop(): void {
    this.#keeper.stop();
  }

  #adopt(session: Session): Session {
    this.#keeper.stop();
    this.#keeper = this.#keep(session);
    this.#save(session);
    return session;
  }

  #keep(known: Session | undefined): SessionKeeper {
    const keeper = new SessionKeeper(this.#api, {
      session: sessionOf(this.#name()),
      ...(known === undefined ? {} : { known }),
    });
    keeper.on('session', (session) => this.#save(session));
    return keeper;
  }

  #save(session: Session): void {
    const storage = session.role === 'moderator' ? sessionStorage : localStorage;
    storage.setItem(KEY, JSON.stringify(session));
    this.#changed(session);
  }
}

function sessionOf(name: string): NewSession {
  const taken = painterName(name);
  return taken === undefined ? {} : { name: taken };
}

function read(storage: Storage): Session | undefined {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (isSession(value) && Date.parse(value.expiresAt) > Date.now()) return value;
  } catch {
    // What somebody else wrote there is replaced.
  }
  return undefined;
}

const isSession = (value: unknown): value is Session =>
  typeof value === 'object' &&
  value !== null &&
  ['token', 'userId', 'name', 'role', 'expiresAt'].every(
    (key) => typeof (value as Record<string, unknown>)[key] === 'string',
  );
