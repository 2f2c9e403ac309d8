import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from './server-process.ts';
import { runSoak, type SoakProgress, type SoakReport } from './soak-run.ts';

/** Most of a kill is waiting for the next process to start: two servers keep two cores busy. */
const ARENAS = 2;

export interface ArenasOptions {
  /** In all arenas together. */
  readonly kills: number;
  /** Of those who edit one document. */
  readonly editors: number;
  readonly seed: number;
  readonly withinMs: number;
  readonly onProgress?: (progress: SoakProgress) => void;
}

/** Runs servers beside each other, each with a database, documents and editors of its own. @returns the sum */
export async function runArenas(options: ArenasOptions): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-soak-'));
  const progress = new Map<number, SoakProgress>();
  const servers = Array.from(
    { length: ARENAS },
    (_, arena) =>
      new ServerProcess({
        DATABASE_URL: `sqlite:///${folder}/soak-${arena}.db`,
        EXPORTS_DIR: folder,
        RENDER_THREADS: '1',
      }),
  );
  try {
    const reports = await Promise.all(
      servers.map((server, arena) =>
        runSoak({
          ...options,
          server,
          seed: options.seed + arena,
          kills: Math.floor((options.kills + arena) / ARENAS),
          onProgress: (made) => {
            progress.set(arena, made);
            options.onProgress?.(sumOf([...progress.values()]));
          },
        }),
      ),
    );
    return {
      ...sumOf(reports),
      seconds: Math.max(...reports.map(({ seconds }) => seconds)),
      slowestStartMs: Math.max(...reports.map(({ slowestStartMs }) => slowestStartMs)),
      sockets: sum(reports, ({ sockets }) => sockets),
      characters: sum(reports, ({ characters }) => characters),
      diverged: sum(reports, ({ diverged }) => diverged),
      violations: reports.flatMap(({ violations }) => violations),
    };
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    await rm(folder, { recursive: true, force: true });
  }
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const sumOf = (items: readonly SoakProgress[]): SoakProgress => ({
  kills: sum(items, ({ kills }) => kills),
  acked: sum(items, ({ acked }) => acked),
  lost: sum(items, ({ lost }) => lost),
});
