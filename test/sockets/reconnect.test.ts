import { expect } from 'chai';
import fc from 'fast-check';
import type { DocumentRef } from '../../actors/document-ref.ts';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import type { AnnotationCommand } from '../../protocol/annotation-messages.ts';
import type { Annotation } from '../../protocol/entities.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { ALICE, createRuntime, newDocumentId, type Runtime } from '../helpers/runtime.ts';
import { type Client, type Frame, type Harness, settle, startHarness } from './harness.ts';

type Edit = 'create' | 'update' | 'delete' | 'rename' | 'version';
type Step =
  | { readonly do: 'edit'; readonly edits: readonly Edit[] }
  | { readonly do: 'hear' | 'drop' | 'return' | 'restart' };

const edit = fc.constantFrom<Edit>('create', 'create', 'update', 'delete', 'rename', 'version');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      edits: fc.array(edit, { minLength: 1, maxLength: 6 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('hear', 'drop', 'return') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

const events = (client: Client): Frame[] =>
  client.frames.filter(({ seq, type }) => seq !== undefined && type !== 'welcome' && type !== 'resync');

/** An annotation document of the real runtime, edited at random. */
class Scene {
  runtime: Runtime = createRuntime({ kinds: [annotationKind] });
  readonly id = newDocumentId();
  readonly #annotations: EntityId[] = [];
  #head = 0;

  get document(): DocumentRef {
    return this.runtime.documents.open('annotation', this.id);
  }

  get head(): number {
    return this.#head;
  }

  async run(command: AnnotationCommand): Promise<unknown> {
    const { seq, answer } = await this.document.execute(command, ALICE);
    this.#head = Math.max(this.#head, seq);
    return answer;
  }

  /** All in one turn; durable when it resolves. */
  async edit(edits: readonly Edit[]): Promise<void> {
    await Promise.all(edits.map((one) => this.#edit(one)));
  }

  async #edit(one: Edit): Promise<void> {
    const [id] = this.#annotations;
    if ((one === 'update' || one === 'delete') && id === undefined) return this.#edit('create');
    if (one === 'update' && id !== undefined) {
      await this.run({
        type: 'annotation.update',
        id,
        change: { geometry: { x: this.#head, y: 0, width: 1, height: 1 } },
      });
    } else if (one === 'delete' && id !== undefined) {
      this.#annotations.shift();
      await this.run({ type: 'annotation.delete', id });
    } else if (one === 'rename') {
      await this.run({ type: 'document.update', name: `after ${this.#head}` });
    } else if (one === 'version') {
      await this.run({ type: 'version.create', change_summary: '' });
    } else {
      const annotation = { type: 'box', geometry: { x: 0, y: 0, width: 1, height: 1 } } as const;
      const made = await this.run({ type: 'annotation.create', annotation });
      this.#annotations.push((made as Annotation).id as EntityId);
    }
  }
}

async function startScene(): Promise<{ scene: Scene; harness: Harness }> {
  const scene = new Scene();
  const harness = await startHarness({
    finder: { find: (kind, id) => scene.runtime.documents.find(kind, id) },
  });
  await scene.run({ type: 'document.create', name: 'Plan', image: null });
  return { scene, harness };
}

const returnAfter = (harness: Harness, scene: Scene, lastSeq: number): Promise<Client> =>
  harness.join(`document_id=${scene.id}&last_seq=${lastSeq}`);

const oneTo = (head: number): number[] => Array.from({ length: head }, (_, index) => index + 1);

describe('a client that drops and comes back with last_seq', () => {
  it('gets exactly what it missed, at every point of the log, also after a restart', async () => {
    const { scene, harness } = await startScene();
    await scene.edit(['create', 'create', 'update', 'rename', 'version', 'delete']);
    for (const restart of [false, true]) {
      if (restart) scene.runtime = scene.runtime.restarted();
      for (let lastSeq = 0; lastSeq < scene.head; lastSeq += 1) {
        const client = await returnAfter(harness, scene, lastSeq);
        await client.hearSeq(scene.head);
        expect(client.seqs).to.deep.equal(oneTo(scene.head).slice(lastSeq));
      }
      const current = await returnAfter(harness, scene, scene.head);
      await scene.edit(['create']);
      await current.hearSeq(scene.head);
      expect(current.seqs).to.deep.equal([scene.head]);
    }
    await harness.close();
  });

  it('misses nothing and repeats nothing, whenever it drops and whatever happens meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }), async (steps) => {
        const { scene, harness } = await startScene();
        const witness = await returnAfter(harness, scene, 0);
        let seen: Frame[] = [];
        let client: Client | undefined;
        const lastSeq = (): number => seen.at(-1)?.seq ?? 0;
        const drop = async (): Promise<void> => {
          client?.ws.terminate();
          await client?.closed;
          if (client !== undefined) seen = [...seen, ...events(client)];
          client = undefined;
        };
        let restarts = 0;
        const pending: Promise<void>[] = [];
        for (const { do: what, ...rest } of steps) {
          if (what === 'edit' && 'edits' in rest) pending.push(scene.edit(rest.edits));
          else if (what === 'hear') await settle(harness);
          else if (what === 'drop') await drop();
          else if (what === 'return') client ??= await returnAfter(harness, scene, lastSeq());
          else if (what === 'restart') {
            await Promise.all(pending);
            await drop();
            restarts += 1;
            scene.runtime = scene.runtime.restarted();
          }
        }
        await Promise.all(pending);
        await drop();
        client = await returnAfter(harness, scene, lastSeq());
        if (lastSeq() < scene.head) await client.hearSeq(scene.head);
        await drop();
        expect(seen.map(({ seq }) => seq)).to.deep.equal(oneTo(scene.head));
        if (restarts === 0) {
          await witness.hearSeq(scene.head);
          expect(seen).to.deep.equal(events(witness));
        }
        expect(scene.runtime.crashes).to.deep.equal([]);
        await harness.close();
      }),
      { numRuns: 40 },
    );
  }).timeout(120_000);

  it('hears the edits of others in order while it edits itself, as every other client does', async () => {
    const { scene, harness } = await startScene();
    const clients = [
      await harness.join(`document_id=${scene.id}`),
      await harness.join(`document_id=${scene.id}`),
    ];
    await Promise.all(Array.from({ length: 50 }, () => scene.edit(['create'])));
    for (const client of clients) {
      await client.hearSeq(scene.head);
      expect(client.seqs).to.deep.equal(oneTo(scene.head).slice(1));
    }
    expect(events(clients[0] as Client)).to.deep.equal(events(clients[1] as Client));
    await harness.close();
  });

  it('is told 4404 where its document was deleted, and 404 when it comes back', async () => {
    const { scene, harness } = await startScene();
    const client = await harness.join(`document_id=${scene.id}`);
    await scene.run({ type: 'document.delete' });
    expect((await client.closed).code).to.equal(4404);
    expect(client.frames.at(-1)).to.deep.equal({ type: 'document.deleted', seq: 2 });
    const late = await returnAfter(harness, scene, 1).catch((error: unknown) => String(error));
    expect(late).to.contain('closed before');
    await harness.close();
  });
});

describe('presence of the real runtime', () => {
  it('comes with the welcome, moves, expires after 30 s without a ping, and leaves', async () => {
    const { scene, harness } = await startScene();
    const query = `document_id=${scene.id}`;
    const ann = await harness.join(`${query}&user_id=ann`);
    const bob = await harness.join(`${query}&user_id=bob`);
    expect(bob.frames[0]?.['presence']).to.have.lengthOf(1);
    expect(await ann.hearType('presence.joined')).to.include({ user_id: 'bob' });
    const next = (cursor: unknown): Promise<Frame> =>
      bob.hear(
        (frame) =>
          frame.type === 'presence.updated' && JSON.stringify(frame['cursor']) === JSON.stringify(cursor),
      );
    ann.say({ type: 'presence', cursor: { x: 1, y: 1 } });
    await next({ x: 1, y: 1 });
    scene.runtime.time.ms += 29_000;
    ann.say({ type: 'ping' });
    await ann.hearType('pong');
    scene.runtime.time.ms += 29_000;
    scene.runtime.documents.sweep();
    ann.say({ type: 'presence', cursor: { x: 2, y: 2 } });
    await next({ x: 2, y: 2 });
    expect(bob.frames.filter(({ type }) => type === 'presence.updated')).to.have.lengthOf(2);
    scene.runtime.time.ms += 31_000;
    scene.runtime.documents.sweep();
    await next(undefined);
    ann.ws.close();
    expect(await bob.hearType('presence.left')).to.include({ user_id: 'ann' });
    await harness.close();
  });
});
