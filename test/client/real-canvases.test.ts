import { expect } from 'chai';
import { WebSocket } from 'ws';
import { CanvasConnection } from '../../client/canvas-connection.ts';
import type { CanvasConnectionOptions } from '../../client/canvas-connection-options.ts';
import type { CanvasError } from '../../client/canvas-error.ts';
import type { CanvasEvents } from '../../client/canvas-events.ts';
import { type Canvas, CanvasesApi } from '../../client/canvases-api.ts';
import { SessionKeeper } from '../../client/session-keeper.ts';
import { SessionsApi } from '../../client/sessions-api.ts';
import { RealServer } from './real-server.ts';

const KEY = 'moderator-key-of-the-test';

/** One who paints, over a network that a test can break. */
interface Painter {
  readonly connection: CanvasConnection;
  /** Ends the socket that there is, without a close frame. */
  cut(): void;
}

/** The next event of a name. */
const next = <Name extends keyof CanvasEvents>(
  connection: CanvasConnection,
  name: Name,
): Promise<CanvasEvents[Name]> =>
  new Promise((resolve) => {
    const stop = connection.on(name, (event) => {
      stop();
      resolve(event);
    });
  });

/** Resolves once it holds; looked at again whenever pixels or status change. */
function until(connection: CanvasConnection, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [
      connection.on('change', look),
      connection.on('ack', look),
      connection.on('status', look),
      connection.on('latency', look),
    ];
    look();
  });
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'painted',
    (error: CanvasError) => error.code,
  );

describe('a canvas connection to a real server', () => {
  let server: RealServer;
  let painters: Painter[];
  let keepers: SessionKeeper[];

  before(async () => {
    server = await RealServer.start('sqlite', { MODERATOR_KEY: KEY });
  });

  beforeEach(() => {
    [painters, keepers] = [[], []];
  });

  afterEach(() => {
    for (const { connection } of painters) connection.leave();
    for (const keeper of keepers) keeper.stop();
  });

  after(() => server.stop());

  const open = (canvasId: string, token?: CanvasConnectionOptions['token']): Painter => {
    const sockets: WebSocket[] = [];
    class Recorded extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const keeper = new SessionKeeper(new SessionsApi(server.url));
    keepers.push(keeper);
    const connection = new CanvasConnection({
      url: server.url,
      canvasId,
      WebSocket: Recorded,
      backoff: { baseMs: 10, maxMs: 50 },
      token: token ?? keeper.token,
    });
    connection.join();
    const painter = { connection, cut: () => sockets.at(-1)?.terminate() };
    painters.push(painter);
    return painter;
  };

  const moderator = async (): Promise<CanvasesApi> => {
    const { token } = await new SessionsApi(server.url).create({ moderatorKey: KEY });
    return new CanvasesApi(server.url, { token });
  };

  const smallCanvas = async (): Promise<{ canvas: Canvas; api: CanvasesApi }> => {
    const api = await moderator();
    const all = { pixelsPerSecond: 100_000, burst: 100_000 };
    const rateLimits = { perUser: all, perAddress: all, connectionsPerAddress: 50 };
    const canvas = await api.create({ name: 'Wall', width: 40, height: 30, rateLimits });
    return { canvas, api };
  };

  it('shows two painters what the other paints, and ends with the bitmap of the server', async () => {
    const { canvas, api } = await smallCanvas();
    const [ann, bob] = [open(canvas.id), open(canvas.id)];
    await Promise.all([ann.connection.whenSynced(), bob.connection.whenSynced()]);
    const acks = Array.from({ length: 200 }, (_, n) => {
      const { connection } = n % 2 === 0 ? ann : bob;
      return connection.paint((n * 7) % 40, (n * 3) % 30, 1 + (n % 31));
    });
    const stroke = ann.connection.beginStroke(4);
    stroke.to(0, 0);
    stroke.to(39, 29);
    acks.push(stroke.end());
    await Promise.all(acks);
    await Promise.all(
      [ann, bob].map(({ connection }) => until(connection, () => connection.overlaySize === 0)),
    );
    const { bytes, seq } = await api.bitmap(canvas.id);
    for (const { connection } of [ann, bob]) {
      await until(connection, () => connection.lastSeq >= seq);
      expect(Buffer.compare(connection.pixels, bytes)).to.equal(0);
    }
    expect(ann.connection.latency.ack.count).to.be.greaterThan(0);
  });

  it('loses nothing and paints nothing twice where sockets break and the server starts again', async function () {
    this.timeout(120_000);
    const { canvas } = await smallCanvas();
    const { connection, cut } = open(canvas.id);
    await connection.whenSynced();
    const acks: Promise<unknown>[] = [];
    const paint = (row: number): void => {
      for (let x = 0; x < 40; x += 1) acks.push(connection.paint(x, row, 1 + ((x + row) % 31)));
    };
    paint(0);
    cut();
    paint(1);
    await server.restart(async () => {
      paint(2);
    });
    await Promise.all(acks);
    await until(connection, () => connection.overlaySize === 0 && connection.synced);
    const api = new CanvasesApi(server.url);
    const { bytes } = await api.bitmap(canvas.id);
    expect(Buffer.compare(connection.pixels, bytes)).to.equal(0);
    expect([bytes[0], bytes[41], bytes[82]]).to.deep.equal([1, 3, 5]);
    expect((await api.stats(canvas.id)).painted).to.equal(120);
  });

  it('hears what a moderator does, and cannot paint where it is locked', async () => {
    const { canvas, api } = await smallCanvas();
    const { connection } = open(canvas.id);
    await connection.whenSynced();
    const { seq } = await connection.paint(1, 1, 5);
    await connection.paint(2, 2, 6);
    const locked = next(connection, 'lock');
    const lock = await api.lock(canvas.id, { x: 0, y: 0, width: 4, height: 4, reason: 'art' });
    expect((await locked).id).to.equal(lock.id);
    expect(await codeOf(connection.paint(1, 1, 7))).to.equal('locked');
    const unlocked = next(connection, 'unlock');
    await api.unlock(canvas.id, lock.id);
    await unlocked;
    const rewound = next(connection, 'rewind');
    const { pixels } = await api.rewind(canvas.id, { seq });
    expect([(await rewound).pixels, pixels]).to.deep.equal([1, 1]);
    await until(connection, () => connection.pixels[2 * 40 + 2] === canvas.background);
    expect(connection.pixels[40 + 1]).to.equal(5);
  });

  it('is told by the server what is painted too fast', async () => {
    const api = await moderator();
    // Rows of a hundred: a second of a slow machine does not bring one back.
    const slow = { pixelsPerSecond: 1, burst: 200 };
    const fast = { pixelsPerSecond: 1_000, burst: 1_000 };
    const rateLimits = { perUser: slow, perAddress: fast, connectionsPerAddress: 50 };
    const canvas = await api.create({ name: 'Slow', width: 100, height: 3, rateLimits });
    const { connection } = open(canvas.id);
    await connection.whenSynced();
    const row = (y: number) => Array.from({ length: 100 }, (_, x) => [x, y, 5] as const);
    const paints = [0, 1, 2].map((y) => connection.paintMany(row(y)));
    expect(await Promise.all(paints.map(codeOf))).to.deep.equal(['painted', 'painted', 'rate_limited']);
    await until(connection, () => connection.overlaySize === 0);
    expect([0, 1, 2].map((y) => connection.pixels[100 * y])).to.deep.equal([5, 5, canvas.background]);
  });

  it('ends for good where its token is not of this server, and can watch without one', async () => {
    const { connection } = open('main', 'not.a.token');
    const error = await next(connection, 'error');
    expect([error.code, connection.status.name]).to.deep.equal(['unauthorized', 'closed']);
    const watcher = new CanvasConnection({ url: server.url, canvasId: 'main', WebSocket });
    painters.push({ connection: watcher, cut: () => undefined });
    watcher.join();
    await watcher.whenSynced();
    expect(watcher.pixels.length).to.equal(810_000);
    expect(await codeOf(watcher.paint(0, 0, 1))).to.equal('read_only');
  });

  it('ends for good where there is no such canvas', async () => {
    const { connection } = open('nothing-here');
    expect((await next(connection, 'error')).code).to.equal('not_found');
  });
});
