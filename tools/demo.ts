import type { Annotation, Document, Version, VersionDetail } from '../protocol/entities.ts';
import type { RealtimeServerMessage } from '../protocol/realtime.ts';
import { type Answer, DemoClient } from './demo-client.ts';
import { exportAll, makeDirectory } from './demo-exports.ts';
import { DemoFailure, explain } from './demo-failure.ts';
import { DemoFeed } from './demo-feed.ts';
import { readPicture } from './demo-picture.ts';
import { DemoReport, kilobytes } from './demo-report.ts';
import { findOrStartServer } from './demo-server.ts';
import { DemoSketch, type SketchedAnnotation } from './demo-sketch.ts';

/**
 * `make demo [IMAGE=path]`: a review of a picture from its upload to its exports, over REST, seen on a WebSocket.
 * Environment: IMAGE, TROUPE_URL, EXPORTS_DIR. The exit code is 0 only where everything was as promised.
 */
const DIRECTORY = process.env['EXPORTS_DIR'] ?? './exports';

type AnnotationFrameType = 'annotation.created' | 'annotation.updated' | 'annotation.deleted';
type Fits = (frame: RealtimeServerMessage) => boolean;

/** The demonstration on one document. */
class Demo {
  readonly report: DemoReport;
  readonly client: DemoClient;
  readonly feed: DemoFeed;
  readonly document: Document;

  constructor(report: DemoReport, client: DemoClient, feed: DemoFeed, document: Document) {
    this.report = report;
    this.client = client;
    this.feed = feed;
    this.document = document;
  }

  /** Makes a request, waits for its frame, and tells both. */
  async step<T>(
    name: string,
    request: Promise<Answer<T>>,
    frameName: string,
    fits: (body: T) => Fits,
  ): Promise<T> {
    const answer = await request;
    const heard = await this.feed.hear(frameName, fits(answer.body));
    this.report.step(name, answer, heard);
    return answer.body;
  }

  /** A change of one annotation; its frame must carry the same version. */
  async change(
    name: string,
    type: AnnotationFrameType,
    request: Promise<Answer<Annotation>>,
  ): Promise<Annotation> {
    return this.step(
      name,
      request,
      type,
      ({ id, version }) =>
        (frame) =>
          frame.type === type && frame.annotation.id === id && frame.annotation.version === version,
    );
  }

  add(sketched: SketchedAnnotation, by: string, parent?: Annotation): Promise<Annotation> {
    const { id: document_id } = this.document;
    const body = { document_id, ...sketched, ...(parent && { parent_id: parent.id }) };
    const name = parent ? `  ${by} replies` : `${by} adds ${sketched.type}`;
    const request = this.client.as(by).call<Annotation>('POST', '/v1/annotations', body, 201);
    return this.change(name, 'annotation.created', request);
  }

  edit(what: string, { id, version }: Annotation, change: object, by: string): Promise<Annotation> {
    const body = { ...change, version };
    const request = this.client.as(by).call<Annotation>('PATCH', `/v1/annotations/${id}`, body, 200);
    return this.change(`${by} ${what}`, 'annotation.updated', request);
  }

  remove({ id, type }: Annotation, by: string): Promise<Annotation> {
    const request = this.client.as(by).call<Annotation>('DELETE', `/v1/annotations/${id}`, undefined, 200);
    return this.change(`${by} deletes the ${type}`, 'annotation.deleted', request);
  }

  async tag(tag: string): Promise<Version> {
    const body = { document_id: this.document.id, tag, change_summary: 'First look' };
    const request = this.client.call<Version>('POST', '/v1/versions', body, 201);
    return this.step(
      `mara makes the version "${tag}"`,
      request,
      'version.created',
      ({ id }) =>
        (frame) =>
          frame.type === 'version.created' && frame.version.id === id,
    );
  }

  /** @throws DemoFailure unless the annotations are what they were when the version was made */
  async revert({ id, tag }: Version): Promise<void> {
    const request = this.client.call<Document>('POST', `/v1/versions/${id}/revert`, {}, 200);
    await this.step(
      `mara reverts to "${tag}"`,
      request,
      'document.reverted',
      ({ version }) =>
        (frame) =>
          frame.type === 'document.reverted' && frame.version.id === id && frame.document.version === version,
    );
    const { body: made } = await this.client.call<VersionDetail>('GET', `/v1/versions/${id}`, undefined, 200);
    const list = `/v1/annotations?size=100&document_id=${this.document.id}`;
    const { body: now } = await this.client.call<{ items: Annotation[] }>('GET', list, undefined, 200);
    if (JSON.stringify(now.items.map(looks)) !== JSON.stringify(made.snapshot.annotations.map(looks))) {
      throw new DemoFailure('after the revert the annotations are not those of the version');
    }
  }
}

const looks = ({ id, geometry, style, content, parent_id }: Annotation): object => ({
  id,
  geometry,
  style: Object.entries(style).sort(([a], [b]) => (a < b ? -1 : 1)),
  content,
  parent_id,
});

async function review(demo: Demo, sketch: DemoSketch): Promise<void> {
  const box = await demo.add(sketch.box(), 'mara');
  const label = await demo.add(sketch.text('Strike in Hamburg: three days without a single ship.'), 'mara');
  await demo.add(sketch.arrow(), 'mara');
  const ellipse = await demo.add(sketch.ellipse(), 'jonas');
  const polygon = await demo.add(sketch.polygon(), 'sana');
  await demo.add(sketch.freehand(), 'sana');
  const line = await demo.add(sketch.line(), 'jonas');
  const comment = await demo.add(sketch.comment('21 % by air? The contract says 18 % at most.'), 'sana');
  await demo.add(sketch.reply('The strike: what could not wait went by air.'), 'jonas', comment);
  await demo.add(sketch.reply('Then let us say so in the report.'), 'mara', comment);
  const version = await demo.tag('first-look');
  await demo.edit('makes the box larger', box, { geometry: sketch.box(24).geometry }, 'mara');
  await demo.edit('writes another text', label, { content: 'Is this the strike?' }, 'jonas');
  await demo.edit(
    'recolours the ellipse',
    ellipse,
    { style: { stroke: '#0ca678', fill: '#0ca67833' } },
    'jonas',
  );
  await demo.remove(polygon, 'sana');
  const stale = { content: 'Too late.', version: line.version };
  await demo.edit('straightens the line', line, { style: { dash: null } }, 'jonas');
  const refused = await demo.client.call('PATCH', `/v1/annotations/${line.id}`, stale, 409);
  demo.report.step('mara edits an old version of the line', refused);
  await demo.revert(version);
}

async function run(): Promise<void> {
  const report = new DemoReport();
  const picture = await readPicture(process.env['IMAGE'] || process.argv[2]);
  await makeDirectory(DIRECTORY);
  const server = await findOrStartServer(process.env['TROUPE_URL'] || undefined);
  try {
    report.title('Troupe: a review of a picture');
    report.fact('server', `${server.url} (${server.own ? 'started for this demonstration' : 'was running'})`);
    report.fact('picture', `${picture.path} (${picture.format}, ${kilobytes(picture.bytes)})`);
    const client = new DemoClient(server.url, 'mara');
    const body = { name: 'Dashboard review', image_url: picture.dataUrl };
    const created = await client.call<Document>('POST', '/v1/documents', body, 201);
    const { id, width, height } = created.body;
    if (width === undefined || height === undefined)
      throw new DemoFailure('the server did not measure the picture');
    report.fact('document', `${id}, ${width} × ${height} pixels`);
    const feed = new DemoFeed(server.url, id, 'watcher');
    try {
      report.columns();
      const first = await feed.hear('document.created', ({ type }) => type === 'document.created');
      report.step('mara creates the document', created, first);
      const demo = new Demo(report, client, feed, created.body);
      await review(demo, new DemoSketch(width, height));
      const files = await exportAll(client, feed, report, created.body, DIRECTORY);
      const count = feed.checkGapless();
      report.title(`${count} events, ${count} frames, no gap`);
      for (const file of files) report.fact('file', file);
    } finally {
      feed.close();
    }
  } finally {
    await server.stop();
  }
}

run().catch((error: unknown) => {
  console.error(`demo: ${explain(error)}`);
  process.exitCode = 1;
});
