import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { ExportSupervisor, type ExportTask } from '../../actors/export-supervisor.ts';
import type { ExportOutcome } from '../../protocol/annotation-messages.ts';
import type { DocumentId, EntityId } from '../../protocol/ids.ts';
import { nextTurn } from '../helpers/listener.ts';

const DONE: ExportOutcome = { status: 'completed', mime: 'image/png', size: 1 };
const task = (): ExportTask => ({
  documentId: randomUUID() as DocumentId,
  effect: {
    type: 'export',
    id: randomUUID() as EntityId,
    seq: 1,
    parameters: { format: 'png', scale: 1, background: 'white', include_comments: false },
  },
});

function create(concurrency = 1) {
  const running: { task: ExportTask; finish: () => void; progress: (part: number) => void }[] = [];
  const finished: EntityId[] = [];
  const failures: unknown[] = [];
  const told: number[] = [];
  const supervisor = new ExportSupervisor({
    concurrency,
    run: (one, signal, progress) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        running.push({ task: one, finish: () => resolve(DONE), progress });
      }),
    finish: async ({ effect }) => {
      finished.push(effect.id);
    },
    onProgress: (_, progress) => told.push(progress),
    onFailure: (_, error) => failures.push(error),
  });
  return { supervisor, running, finished, failures, told };
}

describe('the export supervisor', () => {
  it('runs a few at a time, in the order in which they came', async () => {
    const { supervisor, running, finished } = create(2);
    const tasks = [task(), task(), task()];
    for (const one of tasks) supervisor.submit(one);
    await nextTurn();
    expect(running.map((one) => one.task)).to.deep.equal(tasks.slice(0, 2));
    expect(tasks.map(({ effect }) => supervisor.stageOf(effect.id)?.stage)).to.deep.equal([
      'processing',
      'processing',
      'queued',
    ]);
    running[0]?.finish();
    await nextTurn();
    expect(running).to.have.length(3);
    expect(finished).to.deep.equal([tasks[0]?.effect.id]);
    expect(supervisor.pending).to.equal(2);
  });

  it('runs a job once, however often it is submitted', async () => {
    const { supervisor, running } = create(2);
    const one = task();
    supervisor.submit(one);
    supervisor.submit(one);
    await nextTurn();
    supervisor.submit(one);
    await nextTurn();
    expect(running).to.have.length(1);
  });

  it('tells how far a job is', async () => {
    const { supervisor, running, told } = create();
    const one = task();
    supervisor.submit(one);
    await nextTurn();
    running[0]?.progress(0.5);
    expect(supervisor.stageOf(one.effect.id)).to.deep.equal({ stage: 'processing', progress: 0.5 });
    expect(told).to.deep.equal([0, 0.5]);
  });

  it('goes on after a job that failed in a way nobody foresaw', async () => {
    const failing = task();
    const failures: unknown[] = [];
    const finished: EntityId[] = [];
    const supervisor = new ExportSupervisor({
      concurrency: 1,
      run: async () => DONE,
      finish: async ({ effect }) => {
        if (effect.id === failing.effect.id) throw new Error('the document is gone');
        finished.push(effect.id);
      },
      onProgress: () => undefined,
      onFailure: (_, error) => failures.push(error),
    });
    const next = task();
    supervisor.submit(failing);
    supervisor.submit(next);
    await nextTurn();
    expect(failures.map(String)).to.deep.equal(['Error: the document is gone']);
    expect(finished).to.deep.equal([next.effect.id]);
    expect(supervisor.pending).to.equal(0);
  });

  it('hands queued jobs back when it stops, and gives running ones up when their time is over', async () => {
    const { supervisor, running, finished, failures } = create();
    const [first, second] = [task(), task()];
    supervisor.submit(first);
    supervisor.submit(second);
    await nextTurn();
    await supervisor.stop(0);
    supervisor.submit(task());
    await nextTurn();
    expect(running).to.have.length(1);
    expect(finished).to.be.empty;
    expect(failures).to.be.empty;
    expect(supervisor.pending).to.equal(0);
  });
});
