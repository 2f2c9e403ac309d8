import { expect } from 'chai';
import type { Annotation } from '../../protocol/entities.ts';
import type { Problem } from '../helpers/api-client.ts';
import { createBox, createDocument, useServer } from '../helpers/server.ts';

const WRITERS = 200;

describe('writers of one annotation', () => {
  const server = useServer();

  it('[ANN-2] who name the same version: one of 200 wins, the others are told the present version', async () => {
    const { api } = server.now;
    const { id: documentId } = await createDocument(server.now);
    const client = await server.now.join(documentId);
    const { id, version } = await createBox(server.now, documentId);
    const answers = await Promise.all(
      Array.from({ length: WRITERS }, async (_, i) => {
        const response = await api.send('updateAnnotation', {
          path: { id },
          body: { content: `writer ${i}`, version },
        });
        return { status: response.status, body: (await response.json()) as Annotation & Problem };
      }),
    );
    const winners = answers.filter(({ status }) => status === 200);
    const losers = answers.filter(({ status }) => status === 409);
    expect([winners.length, losers.length]).to.deep.equal([1, WRITERS - 1]);
    for (const { body } of losers) {
      expect(body).to.include({ code: 'version_conflict', current_version: version + 1 });
    }
    const now = await api.ok('getAnnotation', { path: { id } });
    expect(now).to.deep.equal(winners[0]?.body);
    expect(now.version).to.equal(version + 1);
    await createBox(server.now, documentId);
    await client.until(() => client.of('annotation.created').length === 2);
    expect(client.of('annotation.updated')).to.have.length(1);
  });

  it('[ANN-2] who name no version: all of them win, one after the other', async () => {
    const { api } = server.now;
    const { id: documentId } = await createDocument(server.now);
    const { id } = await createBox(server.now, documentId);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        api.ok('updateAnnotation', { path: { id }, body: { style: { [`key_${i}`]: i } } }),
      ),
    );
    const versions = answers.map(({ version }) => version).sort((a, b) => a - b);
    expect(versions).to.deep.equal(Array.from({ length: 50 }, (_, i) => i + 2));
    const { style } = await api.ok('getAnnotation', { path: { id } });
    expect(Object.keys(style)).to.have.length(50);
  });
});
