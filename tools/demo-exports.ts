import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Document, ExportJob } from '../protocol/entities.ts';
import type { RealtimeServerMessage } from '../protocol/realtime.ts';
import type { DemoClient } from './demo-client.ts';
import { DemoFailure } from './demo-failure.ts';
import type { DemoFeed } from './demo-feed.ts';
import { type DemoReport, kilobytes } from './demo-report.ts';

interface Wanted {
  /** Of the file, without the ending. */
  readonly name: string;
  readonly parameters: {
    readonly format: 'png' | 'jpg';
    readonly scale?: number;
    readonly include_comments?: boolean;
  };
}

const WANTED: readonly Wanted[] = [
  { name: 'demo-review', parameters: { format: 'png' } },
  { name: 'demo-review', parameters: { format: 'jpg' } },
  { name: 'demo-comments', parameters: { format: 'png', scale: 0.5, include_comments: true } },
];

const isAbout = (frame: RealtimeServerMessage, id: string, status: ExportJob['status']): boolean =>
  frame.type === 'export.updated' && frame.job.id === id && frame.job.status === status;

const SIGNATURES = { png: '89504e47', jpg: 'ffd8ff' } as const;

/** Makes the directory of the files, before anything else is done. @throws DemoFailure */
export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: Error) => {
    throw new DemoFailure(`EXPORTS_DIR cannot be made: ${error.message}`);
  });
}

/** Asks for all exports at once, follows them on the socket, and puts the files into `directory`. */
export async function exportAll(
  client: DemoClient,
  feed: DemoFeed,
  report: DemoReport,
  document: Document,
  directory: string,
): Promise<string[]> {
  const jobs = await Promise.all(WANTED.map((wanted) => request(client, feed, report, document, wanted)));
  const files: string[] = [];
  for (const { wanted, job, begun } of jobs) {
    const label = describe(wanted);
    report.frame(`  ${label}: rendering`, await hearStart(feed, job), begun);
    const end = await feed.hear(
      `export.updated that ends the ${label}`,
      (frame) => isAbout(frame, job.id, 'completed') || isAbout(frame, job.id, 'failed'),
    );
    if (end.frame.type !== 'export.updated') throw new DemoFailure('an export ended with another frame');
    const { status, error, result_url } = end.frame.job;
    report.frame(`  ${label}: ${status}`, end, begun);
    if (status === 'failed')
      throw new DemoFailure(`the ${label} failed: ${error?.message ?? 'without a reason'}`);
    const bytes = await client.bytes(`/v1/exports/${job.id}/download`);
    if (result_url === null || !Buffer.from(await client.bytes(result_url)).equals(bytes)) {
      throw new DemoFailure(`the ${label} has other bytes at its result_url than at its download`);
    }
    const file = resolve(join(directory, `${wanted.name}.${wanted.parameters.format}`));
    if (!Buffer.from(bytes).toString('hex', 0, 4).startsWith(SIGNATURES[wanted.parameters.format])) {
      throw new DemoFailure(`the ${label} is no ${wanted.parameters.format.toUpperCase()} file`);
    }
    await writeFile(file, bytes);
    files.push(`${file} (${kilobytes(bytes.length)})`);
  }
  return files;
}

async function request(
  client: DemoClient,
  feed: DemoFeed,
  report: DemoReport,
  document: Document,
  wanted: Wanted,
) {
  const body = { document_id: document.id, ...wanted.parameters };
  const answer = await client.call<ExportJob>('POST', '/v1/exports', body, 202);
  const job = answer.body;
  const queued = await feed.hear('export.updated queued', (frame) => isAbout(frame, job.id, 'queued'));
  report.step(`export ${describe(wanted)}`, answer, queued);
  return { wanted, job, begun: answer.begun };
}

const hearStart = (feed: DemoFeed, { id }: ExportJob) =>
  feed.hear('export.updated processing', (frame) => isAbout(frame, id, 'processing'));

function describe({ parameters: { format, scale, include_comments } }: Wanted): string {
  const extras = [scale && `×${scale}`, include_comments && 'with comments'].filter(Boolean);
  return [format.toUpperCase(), ...extras].join(' ');
}
