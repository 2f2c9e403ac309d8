import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import {
  CanvasConnection,
  CanvasesApi,
  type Room,
  RoomsApi,
  SessionsApi,
  TextDocumentsApi,
} from '../../client/index.ts';
import { DemoSketch } from '../demo-sketch.ts';
import { paintArt } from './pixel-art.ts';

/** What the pages show. */
export interface Scene {
  readonly roomId: string;
  readonly textId: string;
}

/** Pixels in one message, at most. */
const BATCH = 1000;

/** Fills a server with a review of a picture, an empty text, and a painted canvas. */
export async function populate(url: string, moderatorKey: string): Promise<Scene> {
  const [{ id: roomId }, text] = await Promise.all([
    reviewBoard(url),
    new TextDocumentsApi(url).create({ title: 'Release notes', crdt: 'yjs' }),
    paintCanvas(url, moderatorKey),
  ]);
  await new RoomsApi(url, { userId: 'bo' }).create({ name: 'Floor plan', width: 1200, height: 900 });
  return { roomId, textId: text.id };
}

async function reviewBoard(url: string): Promise<Room> {
  const ann = new RoomsApi(url, { userId: 'ann' });
  const bo = new RoomsApi(url, { userId: 'bo' });
  const room = await ann.create({ name: 'Dashboard review' });
  const sample = await readFile(new URL(import.meta.resolve('#package/docs/images/sample.png')));
  const { width, height } = await ann.uploadImage(room.id, new Blob([sample], { type: 'image/png' }));
  const sketch = new DemoSketch(width ?? 1920, height ?? 1080);
  await ann.createVersion(room.id, { tag: 'as sent' });
  const drawn = [
    sketch.box(),
    sketch.text('Why did it drop on two days of the week?'),
    sketch.arrow(),
    sketch.ellipse(),
    sketch.polygon(),
    sketch.freehand(),
    sketch.line(),
  ];
  for (const annotation of drawn) {
    await post(`${url}/v1/annotations`, { document_id: room.id, ...annotation }, 'ann');
  }
  const first = await ann.createComment(room.id, {
    anchor: { x: 1592, y: 556 },
    body: 'Is this share still right after the new plans?',
  });
  await bo.createComment(room.id, { parentId: first.id, body: 'Yes, I checked it against the invoices.' });
  await bo.createComment(room.id, {
    anchor: { x: 300, y: 300 },
    body: 'The headline could name the quarter.',
  });
  await ann.createVersion(room.id, { tag: 'first review' });
  return room;
}

async function paintCanvas(url: string, moderatorKey: string): Promise<void> {
  const { token } = await new SessionsApi(url).create({ name: 'Ann', moderatorKey });
  const canvases = new CanvasesApi(url, { token });
  const rate = { pixelsPerSecond: 100_000, burst: 100_000 };
  const { rateLimits, width, height } = await canvases.get('main');
  await canvases.update('main', { rateLimits: { ...rateLimits, perUser: rate, perAddress: rate } });
  const connection = new CanvasConnection({
    url,
    canvasId: 'main',
    token,
    WebSocket,
    maxPendingPixels: width * height,
    retryRateLimited: true,
  });
  connection.join();
  await new Promise<void>((resolve) => connection.on('status', ({ name }) => name === 'live' && resolve()));
  const art = paintArt(width, height);
  const points = Array.from(art, (color, at) => [at % width, Math.floor(at / width), color] as const);
  const paints: Promise<unknown>[] = [];
  for (let at = 0; at < points.length; at += BATCH) {
    paints.push(connection.paintMany(points.slice(at, at + BATCH)));
  }
  await Promise.all(paints);
  connection.leave();
  await canvases.update('main', { rateLimits });
  await canvases.lock('main', { x: 60, y: 90, width: 470, height: 90, reason: 'The name stays' });
}

async function post(url: string, body: object, userId: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user-id': userId },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
