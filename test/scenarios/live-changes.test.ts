import { expect } from 'chai';
import fc from 'fast-check';
import { createBox, createDocument, useServer } from '../helpers/server.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('clients at a document', () => {
  const server = useServer();

  it('[WS-1] see every change made over REST, in order, without a gap, and nothing of other documents', async () => {
    const { api } = server.now;
    const [ours, theirs] = [await createDocument(server.now), await createDocument(server.now)];
    const clients = await Promise.all([server.now.join(ours.id), server.now.join(ours.id)]);
    await Promise.all(
      range(1, 20).map(async (x) => {
        const box = await createBox(server.now, ours.id, x);
        await createBox(server.now, theirs.id, x);
        await api.ok('updateAnnotation', { path: { id: box.id }, body: { content: `box ${x}` } });
        if (x % 2 === 0) await api.ok('deleteAnnotation', { path: { id: box.id } });
      }),
    );
    await api.ok('updateDocument', { path: { id: ours.id }, body: { name: 'Plan B' } });
    await api.ok('createVersion', { body: { document_id: ours.id, tag: 'v1' } });
    for (const client of clients) {
      await client.hear('version.created');
      expect(client.seqs).to.deep.equal(range(2, 1 + 20 + 20 + 10 + 2));
      const documents = client.events.flatMap((frame) =>
        'document_id' in frame ? [frame.document_id] : 'document' in frame ? [frame.document.id] : [],
      );
      expect(new Set(documents)).to.deep.equal(new Set([ours.id]));
      expect(client.of('annotation.created')).to.have.length(20);
      expect(client.of('annotation.updated')).to.have.length(20);
      expect(client.of('annotation.deleted')).to.have.length(10);
      expect(client.of('document.updated')[0]?.document).to.include({ name: 'Plan B', version: 2 });
    }
    const isEvent = (text: string): boolean => text.includes('"seq":') && !text.includes('"welcome"');
    const [first, second] = clients.map(({ texts }) => texts.filter(isEvent));
    expect(first).to.deep.equal(second);
  });

  it('[WS-1] hear of each change what REST answers about it', async () => {
    const { api } = server.now;
    const { id } = await createDocument(server.now);
    const client = await server.now.join(id);
    const created = await createBox(server.now, id);
    expect((await client.hear('annotation.created')).annotation).to.deep.equal(created);
    const path = { id: created.id };
    const updated = await api.ok('updateAnnotation', { path, body: { style: { stroke: '#00f' } } });
    expect((await client.hear('annotation.updated')).annotation).to.deep.equal(updated);
    const deleted = await api.ok('deleteAnnotation', { path });
    expect((await client.hear('annotation.deleted')).annotation).to.deep.equal(deleted);
    const version = await api.ok('createVersion', { body: { document_id: id } });
    expect((await client.hear('version.created')).version).to.deep.equal(version);
  });

  it('[DOC-4] miss nothing and hear nothing twice, wherever they drop and whenever they return', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ online: fc.nat(12), dropAfter: fc.nat(12), offline: fc.nat(8) }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (stays) => {
          const { id } = await createDocument(server.now);
          const change = (x: number) => createBox(server.now, id, x);
          const seen: number[] = [];
          let head = 1;
          for (const { online, dropAfter, offline } of stays) {
            const client = await server.now.join(id, { last_seq: seen.at(-1) ?? 0 });
            const changes = Promise.all(range(1, online).map(change));
            head += online;
            const due = head - (seen.at(-1) ?? 0);
            await client.until(() => client.seqs.length >= Math.min(dropAfter, due));
            client.drop(); // frames may be on their way: what it has not seen, it has not seen
            seen.push(...client.seqs);
            await changes;
            await Promise.all(range(1, offline).map(change));
            head += offline;
          }
          const last = await server.now.join(id, { last_seq: seen.at(-1) ?? 0 });
          await last.until(() => seen.length + last.seqs.length >= head);
          expect([...seen, ...last.seqs]).to.deep.equal(range(1, head));
          last.drop();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('[DOC-4] are told to resync where they claim to have seen what never was', async () => {
    const { id } = await createDocument(server.now);
    const client = await server.now.join(id, { last_seq: 99 });
    expect((await client.hear('resync')).seq).to.equal(1);
    await createBox(server.now, id);
    await client.hear('annotation.created');
    expect(client.seqs).to.deep.equal([2]);
  });

  it('see who comes, where they point, and who leaves', async () => {
    const { id } = await createDocument(server.now);
    const ann = await server.now.join(id, { user_id: 'ann' });
    const bob = await server.now.join(id, { user_id: 'bob', display_name: 'Bob' });
    expect(await ann.hear('presence.joined')).to.include({ user_id: 'bob', display_name: 'Bob' });
    bob.say({ type: 'presence', cursor: { x: 3, y: 4 }, typing: true });
    expect(await ann.hear('presence.updated')).to.deep.include({ cursor: { x: 3, y: 4 }, typing: true });
    bob.ws.close();
    expect(await ann.hear('presence.left')).to.include({ user_id: 'bob' });
    expect(ann.seqs).to.be.empty;
  });
});
