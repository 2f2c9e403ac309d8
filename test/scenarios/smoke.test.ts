import { expect } from 'chai';
import type { OperationName } from '../../http/contract.ts';
import { type Input, theContract } from '../helpers/api-client.ts';
import { createBox, createDocument, exportTo, useServer } from '../helpers/server.ts';
import { makePng } from '../render/png-fixture.ts';

/** What each operation is called with, made when its turn comes. */
type Inputs = { readonly [Name in OperationName]?: () => Promise<Input<Name>> };

const picture = makePng({ width: 8, height: 8, depth: 8, color: 0, sample: () => [200] });
const image_url = `data:image/png;base64,${picture.toString('base64')}`;

describe('every operation of openapi.yaml', () => {
  const server = useServer({ MODERATOR_KEY: 'the key of moderators' });

  const document = () => createDocument(server.now, image_url);
  const documentId = async () => ({ document_id: (await document()).id });
  const box = async () => createBox(server.now, (await document()).id);
  const version = async () => server.now.api.ok('createVersion', { body: await documentId() });
  const room = async () => ({ path: { roomId: (await document()).id } });
  const comment = async () => {
    const { path } = await room();
    const body = { anchor: { x: 1, y: 2 }, body: 'Why?' };
    const { id } = await server.now.api.ok('createRoomComment', { path, body });
    return { path: { ...path, commentId: id } };
  };
  const text = () => server.now.api.ok('createTextDocument', { body: { title: 'Notes' } });
  const list = async () => ({ query: { ...(await documentId()), page: 1, size: 5 } });
  const at = async (entity: Promise<{ id: string }>) => ({ path: { id: (await entity).id } });
  const moderator = async () => {
    const body = { moderatorKey: 'the key of moderators' };
    const { token } = await server.now.api.ok('createSession', { body });
    return { headers: { Authorization: `Bearer ${token}` } };
  };
  const canvas = async () => {
    const body = { name: 'Wall', width: 8, height: 6 };
    const { id } = await server.now.api.ok('createCanvas', { ...(await moderator()), body });
    return { path: { id } };
  };
  const moderatedCanvas = async () => ({ ...(await canvas()), ...(await moderator()) });
  const square = { x: 0, y: 0, width: 2, height: 2 };
  const finishedExport = async () => {
    const { document_id } = await documentId();
    return exportTo(server.now, await server.now.join(document_id), { document_id, format: 'png' });
  };

  const inputs: Inputs = {
    listDocuments: async () => ({ query: { page: 1, size: 5, include_deleted: true } }),
    createDocument: async () => ({ body: { name: 'Plan', image_url, created_by: 'ann' } }),
    getDocument: () => at(document()),
    updateDocument: async () => ({
      ...(await at(document())),
      body: { name: 'Plan B' },
      headers: { 'If-Match': '*' },
    }),
    deleteDocument: () => at(document()),
    getDocumentPreview: async () => ({ ...(await at(document())), query: { scale: 0.5, seq: 1 } }),
    listRooms: async () => ({ query: { page: 1, size: 5 } }),
    createRoom: async () => ({ body: { name: 'Attic', imageUrl: image_url, width: 10, height: 20 } }),
    getRoom: room,
    updateRoom: async () => ({ ...(await room()), body: { name: 'Cellar', imageUrl: null } }),
    deleteRoom: room,
    getRoomImage: room,
    uploadRoomImage: async () => ({
      ...(await room()),
      bytes: picture,
      headers: { 'Content-Type': 'image/png' },
    }),
    createRoomSnapshot: room,
    listRoomVersions: room,
    createRoomVersion: async () => ({ ...(await room()), body: { tag: 'smoke', seq: 1 } }),
    revertRoom: async () => {
      const { path } = await room();
      await server.now.api.ok('createRoomVersion', { path, body: { tag: 'smoke' } });
      return { path: { ...path, tag: 'smoke' } };
    },
    listRoomComments: async () => ({ ...(await room()), query: { status: 'open' } }),
    createRoomComment: async () => ({
      ...(await room()),
      body: { anchor: { x: 1, y: 2 }, body: 'Why?', author: 'ann' },
    }),
    getRoomComment: comment,
    updateRoomComment: async () => ({ ...(await comment()), body: { status: 'resolved' } }),
    deleteRoomComment: comment,
    createRoomExport: async () => ({ ...(await room()), body: { format: 'png', includeComments: true } }),
    listRoomEvents: async () => ({ ...(await room()), query: { after: 0, limit: 10 } }),
    listAnnotations: list,
    createAnnotation: async () => ({
      body: { ...(await documentId()), type: 'line', geometry: { x1: 0, y1: 0, x2: 5, y2: 5 } },
    }),
    getAnnotation: () => at(box()),
    updateAnnotation: async () => ({ ...(await at(box())), body: { content: 'A box' } }),
    deleteAnnotation: () => at(box()),
    listVersions: list,
    createVersion: async () => ({ body: { ...(await documentId()), tag: 'smoke' } }),
    getVersion: () => at(version()),
    revertVersion: () => at(version()),
    listExports: list,
    createExport: async () => ({ body: { ...(await documentId()), format: 'jpg' } }),
    getExport: () => at(finishedExport()),
    downloadExport: () => at(finishedExport()),
    getExportFile: async () => ({ path: { file: `${(await finishedExport()).id}.png` } }),
    listTextDocuments: async () => ({ query: { page: 1, page_size: 5, query: 'note' } }),
    createTextDocument: async () => ({ body: { title: 'Notes', crdt: 'yjs' } }),
    getTextDocument: () => at(text()),
    updateTextDocument: async () => ({ ...(await at(text())), body: { title: 'More notes' } }),
    deleteTextDocument: () => at(text()),
    createSession: async () => ({ body: { name: 'Ann' } }),
    listCanvases: async () => ({ query: { page: 1, size: 5 } }),
    createCanvas: async () => ({ ...(await moderator()), body: { name: 'Wall', width: 8, height: 6 } }),
    getCanvas: canvas,
    updateCanvas: async () => ({ ...(await moderatedCanvas()), body: { name: 'Fence' } }),
    getCanvasBitmap: canvas,
    getCanvasSnapshot: async () => ({ ...(await canvas()), query: { format: 'jpg', scale: 2 } }),
    getCanvasPalette: canvas,
    getCanvasPixel: async () => ({ path: { ...(await canvas()).path, x: '7', y: '5' } }),
    listCanvasLocks: canvas,
    createCanvasLock: async () => ({ ...(await moderatedCanvas()), body: square }),
    deleteCanvasLock: async () => {
      const { path, headers } = await moderatedCanvas();
      const { id } = await server.now.api.ok('createCanvasLock', { path, headers, body: square });
      return { path: { ...path, lockId: id }, headers };
    },
    rewindCanvas: async () => ({ ...(await moderatedCanvas()), body: { seq: 1, region: square } }),
    listCanvasAudit: async () => ({ ...(await moderatedCanvas()), query: { action: 'create' } }),
    getCanvasHistory: async () => ({ ...(await canvas()), query: { from: 1, limit: 5 } }),
    getCanvasStats: canvas,
    getHealth: async () => ({}),
    getReadiness: async () => ({}),
    getMetrics: async () => ({}),
    listActors: async () => ({}),
    exportActorEvents: async () => ({ path: await documentId() }),
    getOpenapi: async () => ({}),
    getAsyncapi: async () => ({}),
  };

  async function call<Name extends OperationName>(name: Name): Promise<Response> {
    const input = inputs[name];
    if (input === undefined) throw new Error(`${name} is new: say here what it is called with`);
    return server.now.api.send(name, await input());
  }

  for (const { name, tag } of theContract().operations) {
    it(`[HTTP-1] succeeds as it is documented: ${tag} ${name}`, async () => {
      const response = await call(name);
      expect(response.status).to.be.within(200, 299);
      expect(response.headers.get('x-request-id')).to.be.a('string');
      const { byteLength } = await response.arrayBuffer();
      expect(byteLength === 0).to.equal(response.status === 204);
    });
  }

  it('is described at /docs, which needs nothing from elsewhere', async () => {
    const response = await fetch(`${server.now.url}/docs/`);
    expect(response.status).to.equal(200);
    const html = await response.text();
    expect(html).to.match(/swagger/i);
    expect(html).not.to.match(/(src|href)="https?:/);
  });
});
