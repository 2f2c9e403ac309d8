import { create } from 'zustand';
import {
  ApiError,
  type NewRoomExport,
  type RoomExportJob,
  type RoomProvider,
} from '../../../client/index.ts';
import { roomsApi } from '../../app/api.ts';
import { errorText } from '../../app/error-text.ts';
import { isRecord } from '../../app/stored-json.ts';
import type { Board } from '../board-context.ts';
import { exportProblem } from './export-words.ts';

/** An export of this session. */
export interface ExportEntry {
  readonly jobId: string;
  readonly roomId: string;
  /** Of what, such as `Now` or the name of a version. */
  readonly title: string;
  readonly job: RoomExportJob | undefined;
  /** Why there will be no picture, in words. */
  readonly problem: string | undefined;
}

interface Exports {
  readonly isOpen: boolean;
  /** The state that the dialog offers first; `undefined`: that of now. */
  readonly seq: number | undefined;
  /** Newest first. */
  readonly entries: readonly ExportEntry[];
}

const MOST = 10;
/** Progress comes by the socket; without one, or where that was missed, it is asked for. */
const POLL_MS = 1500;
/** What was drawn just now is to be in the picture, but an export need not wait for a network that is gone. */
const SAVED_WITHIN_MS = 4000;

export const useExports = create<Exports>(() => ({ isOpen: false, seq: undefined, entries: [] }));

/** Opens the dialog. @param seq - the state to be exported; absent: that of now */
export const openExport = (seq?: number): void => useExports.setState({ isOpen: true, seq });

export const closeExport = (): void => useExports.setState({ isOpen: false });

const isFinished = ({ job, problem }: ExportEntry): boolean =>
  problem !== undefined || job?.status === 'completed' || job?.status === 'failed';

function learn(jobId: string, job: RoomExportJob): void {
  useExports.setState(({ entries }) => ({
    entries: entries.map((entry) => {
      // A progress that was overtaken by the end is old.
      if (entry.jobId !== jobId || isFinished(entry)) return entry;
      const problem = job.status === 'failed' ? problemOf(job) : undefined;
      return { ...entry, job, problem };
    }),
  }));
}

const problemOf = ({ error }: RoomExportJob): string =>
  exportProblem(error?.code ?? 'internal', error?.message ?? 'It failed.');

/**
 * Asks for a picture and follows it to its end.
 *
 * @returns the finished entry; its `problem` says what went wrong
 * @throws Error in words, where the server does not take the request
 */
export async function startExport(
  { room, provider }: Board,
  picture: NewRoomExport,
  title: string,
): Promise<ExportEntry> {
  await savedSoon(provider);
  let jobId: string;
  try {
    jobId = await roomsApi.createExport(room.id, picture);
  } catch (error) {
    throw new Error(refusalOf(error));
  }
  const entry: ExportEntry = { jobId, roomId: room.id, title, job: undefined, problem: undefined };
  useExports.setState(({ entries }) => ({ entries: [entry, ...entries].slice(0, MOST) }));
  return follow(provider, jobId);
}

function follow(provider: RoomProvider, jobId: string): Promise<ExportEntry> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        roomsApi.export(jobId).then(
          (job) => learn(jobId, job),
          (error: unknown) => {
            // A network that is away comes back; a job that is unknown does not.
            if (error instanceof ApiError && error.status === 404) fail(jobId, refusalOf(error));
          },
        );
        poll();
      }, POLL_MS);
    };
    const stops = [
      provider.on('export', ({ job }) => {
        if (job.id !== jobId) return;
        learn(jobId, job);
        poll();
      }),
      useExports.subscribe(() => look()),
    ];
    const look = (): void => {
      const entry = useExports.getState().entries.find((each) => each.jobId === jobId);
      if (entry !== undefined && !isFinished(entry)) return;
      clearTimeout(timer);
      for (const stop of stops) stop();
      if (entry !== undefined) resolve(entry);
    };
    poll();
    // It may have been done before anybody listened.
    roomsApi.export(jobId).then(
      (job) => learn(jobId, job),
      () => undefined,
    );
  });
}

const fail = (jobId: string, problem: string): void =>
  useExports.setState(({ entries }) => ({
    entries: entries.map((entry) => (entry.jobId === jobId ? { ...entry, problem } : entry)),
  }));

async function savedSoon(provider: RoomProvider): Promise<void> {
  if (provider.saved || provider.status.name === 'closed') return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SAVED_WITHIN_MS);
  });
  await Promise.race([provider.whenSaved().catch(() => undefined), late]);
  clearTimeout(timer);
}

function refusalOf(error: unknown): string {
  const code = error instanceof ApiError && isRecord(error.problem) ? error.problem['code'] : undefined;
  return typeof code === 'string' ? exportProblem(code, errorText(error)) : errorText(error);
}

/** Lets the browser save a finished picture. */
export function download(jobId: string): void {
  const link = document.createElement('a');
  link.href = roomsApi.exportUrl(jobId);
  link.download = '';
  link.click();
}
