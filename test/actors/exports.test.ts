import fs, { mkdtemp, readdir, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { AnnotationDocument } from '../../actors/annotation-document.ts';
import { Exports } from '../../actors/exports.ts';
import { ImageLibrary } from '../../actors/image-library.ts';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { ExportEffect } from '../../protocol/effects.ts';
import type { ExportJob } from '../../protocol/entities.ts';
import { MemoryStore } from '../../storage/memory-store.ts';
import { FaultyStore } from '../helpers/faulty-store.ts';
import { nextTurn } from '../helpers/listener.ts';
import { ALICE, createRuntime, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { silentMetrics } from '../helpers/silent-metrics.ts';

const PICTURE = Buffer.from('a picture');

describe('exports', () => {
  let exportsDir: string;
  beforeEach(async () => {
    exportsDir = await mkdtemp(join(tmpdir(), 'troupe-exports-'));
  });
  afterEach(() => rm(exportsDir, { recursive: true, force: true }));

  /** The exports of one process; its renderer is done at once. */
  function exportsOf({ documents, store }: Runtime): { exports: Exports; failures: unknown[] } {
    const failures: unknown[] = [];
    const exports = new Exports({
      documents,
      renderer: {
        render: async () => ({ bytes: PICTURE, timings: { decode: 0, draw: 0, encode: 0 } }),
        close: async () => undefined,
      } as never,
      images: new ImageLibrary({ blobs: store.blobs } as never),
      exportsDir,
      concurrency: 1,
      clock: { now: () => 0 },
      metrics: silentMetrics,
      onFailure: (_document, _job, error) => failures.push(error),
    });
    return { exports, failures };
  }

  /** A document with an export that waits to be begun. */
  async function request(runtime: Runtime) {
    const document = new AnnotationDocument(runtime.documents.open('annotation', newDocumentId()));
    await document.execute({ type: 'document.create', name: 'Plan', image: null }, ALICE);
    const parameters = {
      format: 'png',
      scale: 1,
      background: 'white',
      include_comments: false,
    } as const;
    const { id } = await document.execute({ type: 'export.request', parameters }, ALICE);
    return { document, id, effect: runtime.effects.at(-1)?.effect as ExportEffect };
  }

  const jobOf = (document: AnnotationDocument, id: string): Promise<ExportJob> =>
    document.query({ type: 'export.get', id: id as never });

  it('tell their document again what became of them, until it can take it', async () => {
    const store = new FaultyStore(new MemoryStore());
    const runtime = createRuntime({ store, kinds: [annotationKind] });
    const { document, id, effect } = await request(runtime);
    const { exports, failures } = exportsOf(runtime);
    store.failNext('refuse', document.id);
    exports.begin(document.id, effect);
    while (exports.pending > 0) await nextTurn();
    expect(await jobOf(document, id)).to.include({ status: 'completed', size: PICTURE.length });
    // The first attempt did fail.
    expect(runtime.crashes.map(String)).to.deep.equal(['Error: disk full']);
    expect(failures).to.deep.equal([]);
    expect(await readdir(exportsDir)).to.deep.equal([`${id}.png`]);
  });

  it('stay unfinished where it cannot take it before the shutdown; the next process finishes them', async () => {
    const store = new FaultyStore(new MemoryStore());
    const runtime = createRuntime({ store, kinds: [annotationKind] });
    const { document, id, effect } = await request(runtime);
    const { exports, failures } = exportsOf(runtime);
    store.isDown = true;
    store.failNext('refuse', document.id);
    exports.begin(document.id, effect);
    while (runtime.crashes.length === 0) await nextTurn();
    await exports.stop(0);
    expect(exports.pending).to.equal(0);
    expect(failures).to.deep.equal([]);

    store.isDown = false;
    const next = runtime.restarted();
    const again = exportsOf(next);
    const sameDocument = new AnnotationDocument(await next.documents.find('annotation', document.id));
    expect(await jobOf(sameDocument, id)).to.include({ status: 'queued' });
    expect(next.effects.map((unfinished) => unfinished.effect)).to.have.length(1);
    again.exports.begin(document.id, next.effects[0]?.effect as ExportEffect);
    while (again.exports.pending > 0) await nextTurn();
    expect(await jobOf(sameDocument, id)).to.include({ status: 'completed' });
  });

  it('are on disk before they are completed: the bytes before the name, the name before the event', async () => {
    const runtime = createRuntime({ kinds: [annotationKind] });
    const { document, id, effect } = await request(runtime);
    const { exports } = exportsOf(runtime);
    const { open, rename } = fs;
    const steps: string[] = [];
    fs.open = async (path, ...rest) => {
      const file = await open(path, ...rest);
      const sync = file.sync.bind(file);
      file.sync = async () => {
        await sync();
        steps.push(`sync ${basename(String(path))}`);
      };
      return file;
    };
    fs.rename = async (from, to) => {
      await rename(from, to);
      steps.push(`rename to ${basename(String(to))}`);
    };
    syncBuiltinESMExports();
    try {
      exports.begin(document.id, effect);
      while ((await jobOf(document, id)).status !== 'completed') await nextTurn();
      expect(steps).to.deep.equal([
        `sync ${id}.png.part`,
        `rename to ${id}.png`,
        `sync ${basename(exportsDir)}`,
      ]);
    } finally {
      Object.assign(fs, { open, rename });
      syncBuiltinESMExports();
    }
  });
});
