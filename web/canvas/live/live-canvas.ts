import { CanvasConnection, type CanvasError, CanvasesApi } from '../../../client/index.ts';
import { SERVER_URL, sessionsApi } from '../../app/api.ts';
import { errorText } from '../../app/error-text.ts';
import { useIdentity } from '../../app/identity.ts';
import { toast } from '../../ui/toast.tsx';
import { PendingPixels } from '../layers/pending-layer.ts';
import { Cooldown } from '../paint/cooldown.ts';
import { refusalWords } from '../paint/refusal-words.ts';
import type { Stage } from '../view/stage.ts';
import { contains, type Point } from '../view/viewport.ts';
import { createCanvasStore } from './canvas-state.ts';
import { announceModeration } from './moderation-toasts.ts';
import { PainterSession } from './painter-session.ts';

/** A stroke is on its way all the time; only what takes longer is worth a word. */
const SAVING_AFTER_MS = 500;
const LATENCY_EVERY_MS = 1_000;
const REJOIN_WITHIN_MS = 3_000;
/** Of many refusals of a stroke one is told. */
const REFUSAL_EVERY_MS = 1_500;

/** One user at one canvas: connection, session and cooldown, and what they mean for the stage and the page. */
export class LiveCanvas {
  readonly canvasId: string;
  readonly stage: Stage;
  readonly store = createCanvasStore();
  readonly session: PainterSession;
  readonly pending = new PendingPixels();
  readonly cooldown = new Cooldown({ pixelsPerSecond: 1, burst: 1 });
  /** Something happened that the eye alone would learn. */
  heard: (words: string) => void = () => undefined;
  #connection: CanvasConnection;
  #isStopped = false;
  readonly #stops: (() => void)[] = [];
  readonly #timers = new Map<'saving' | 'latency', ReturnType<typeof setTimeout>>();
  readonly #toldAt = new Map<string, number>();

  constructor(canvasId: string, stage: Stage) {
    this.canvasId = canvasId;
    this.stage = stage;
    this.session = new PainterSession(
      sessionsApi,
      () => useIdentity.getState().name,
      (session) => this.store.setState({ session }),
    );
    this.store.setState({ session: this.session.current });
    this.#connection = this.#connect();
  }

  get connection(): CanvasConnection {
    return this.#connection;
  }

  start(): void {
    this.#connection.join();
    const retry = (): void => this.#connection.retryNow();
    window.addEventListener('online', retry);
    this.#stops.push(() => window.removeEventListener('online', retry));
  }

  stop(): void {
    this.#isStopped = true;
    this.#disconnect();
    for (const stop of this.#stops) stop();
    this.session.stop();
  }

  /** A new connection, such as after another session. What was just painted still goes out on the old one. */
  async rejoin(): Promise<void> {
    const old = this.#connection;
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, REJOIN_WITHIN_MS));
    // Where the old one is closed already, there is nothing to wait for.
    await Promise.race([old.whenSaved(), tooLong]).catch(() => undefined);
    if (this.#isStopped || old !== this.#connection) return;
    this.#disconnect();
    this.#connection = this.#connect();
    this.store.setState({ ended: undefined });
    this.#connection.join();
  }

  /** Everything but painting. @param withToken of the session, which moderators' methods need */
  api({ signal, withToken = false }: { readonly signal?: AbortSignal; readonly withToken?: boolean } = {}) {
    return new CanvasesApi(SERVER_URL, {
      ...(withToken ? { token: this.session.token } : {}),
      ...(signal === undefined ? {} : { fetch: (url, init) => fetch(url, { ...init, signal }) }),
    });
  }

  /** The lock that covers a cell. */
  lockAt(cell: Point): { readonly reason: string } | undefined {
    return this.#connection.canvas?.locks.find((lock) => contains(lock, cell));
  }

  /** Says why something was not painted; of the same reason not more often than one can read. */
  refuse(error: Pick<CanvasError, 'code' | 'at' | 'retryAfterMs' | 'message'>): void {
    const now = performance.now();
    if (error.code === 'rate_limited') this.cooldown.refused(error.retryAfterMs ?? 0, now);
    this.stage.drawOverlay();
    const [x, y] = error.at ?? [];
    const reason = x === undefined || y === undefined ? undefined : this.lockAt({ x, y })?.reason;
    const words = refusalWords(error, reason);
    if (words === undefined || now - (this.#toldAt.get(error.code) ?? -REFUSAL_EVERY_MS) < REFUSAL_EVERY_MS)
      return;
    this.#toldAt.set(error.code, now);
    toast({ ...words, key: `refused ${error.code}` });
  }

  /** Shows the canvas as it is now, after something else was shown. */
  showNow(): void {
    const { canvas, pixels } = this.#connection;
    if (canvas === undefined || this.store.getState().showsPast) return;
    this.stage.show({ width: canvas.width, height: canvas.height, palette: canvas.palette, pixels });
  }

  #connect(): CanvasConnection {
    const connection = new CanvasConnection({
      url: SERVER_URL,
      canvasId: this.canvasId,
      token: this.session.token,
    });
    const { store, stage, pending } = this;
    let palette: readonly string[] | undefined;
    connection.on('canvas', (facts) => {
      const { color, recent } = store.getState();
      const size = facts.palette.length;
      store.setState({
        facts,
        online: facts.online,
        color: color < size ? color : Math.max(0, size - 1),
        recent: recent.filter((index) => index < size),
      });
      this.cooldown.setRate(facts.rateLimits.perUser, performance.now());
      // Names and locks come with each frame about the canvas; the pixels need no colouring for that.
      if (palette !== undefined && palette !== facts.palette) this.showNow();
      palette = facts.palette;
      stage.drawOverlay();
    });
    connection.on('change', ({ regions }) => {
      pending.changed(regions, connection.pixels, connection.confirmedPixels, connection.canvas?.width ?? 1);
      if (store.getState().showsPast) return;
      // The first pixels of a connection: until now what the one before had was shown.
      if (stage.buffer.source?.pixels === connection.pixels) stage.changed(regions);
      else this.showNow();
      if (pending.size > 0) stage.drawOverlay();
    });
    connection.on('status', (status) => store.setState({ status, ended: connection.closedError() }));
    connection.on('synced', (synced) => {
      if (synced) store.setState({ isLoaded: true });
    });
    connection.on('saved', (saved) => this.#saved(saved));
    connection.on('online', (online) => store.setState({ online }));
    connection.on('latency', () => this.#measured());
    connection.on('reject', (error) => this.refuse(error));
    connection.on('error', ({ code, message }) => {
      if (code === 'unauthorized' || code === 'not_found' || code === 'refused' || code === 'bitmap') return;
      toast({ title: 'The server complains', detail: message, tone: 'warning', key: `error ${code}` });
    });
    announceModeration(connection, stage, (words) => this.heard(words));
    return connection;
  }

  #disconnect(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.pending.clear();
    this.#connection.leave();
  }

  #saved(saved: boolean): void {
    clearTimeout(this.#timers.get('saving'));
    if (saved) {
      this.store.setState({ saved });
      this.#settle();
      return;
    }
    this.#timers.set(
      'saving',
      setTimeout(() => this.store.setState({ saved }), SAVING_AFTER_MS),
    );
  }

  /** What is acknowledged may be in the update that comes next, which changes nothing that is seen. */
  #settle(): void {
    const { pixels, confirmedPixels } = this.#connection;
    if (this.pending.settle(pixels, confirmedPixels)) this.stage.drawOverlay();
    if (this.pending.size > 0) setTimeout(() => this.#settle(), 60);
  }

  #measured(): void {
    if (this.#timers.has('latency')) return;
    this.#timers.set(
      'latency',
      setTimeout(() => {
        this.#timers.delete('latency');
        const { ack, heartbeat } = this.#connection.latency;
        this.store.setState({ latencyMs: ack.percentile(0.5) ?? heartbeat.percentile(0.5) });
      }, LATENCY_EVERY_MS),
    );
  }
}

/** Does something that may fail, and says so where it does. @returns whether it was done */
export async function attempt(title: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast({ title, detail: errorText(error), tone: 'danger' });
    return false;
  }
}
