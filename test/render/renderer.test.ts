import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from '../../protocol/problem.ts';
import { decodePng } from '../../render/png-decode.ts';
import { encodePng } from '../../render/png-encode.ts';
import type { Renderer, RenderRequest, RenderResult, SceneAnnotation } from '../../render/port.ts';
import { renderPicture } from '../../render/render-picture.ts';
import { createRenderer, type RendererOptions } from '../../render/renderer.ts';
import { quarteredJpeg, withOrientation } from './jpeg-fixture.ts';
import { rejectedCode } from './problem-code.ts';
import { validAnnotations } from './scene-arbitrary.ts';
import { annotation, pixel, text } from './scene-fixture.ts';

/** Large enough to keep a worker busy for longer than any time given here. */
const HUGE = { width: 9_900, height: 9_900 };

const sample = readFileSync(fileURLToPath(import.meta.resolve('#package/docs/images/sample.png')));

const marks = (seed: number): SceneAnnotation[] => [
  annotation(
    'box',
    { x: 20 + seed, y: 20, width: 80, height: 40, rotation: seed * 7 },
    { fill: '#ffd43b88', opacity: 0.6 },
  ),
  annotation(
    'arrow',
    {
      points: [
        [10, 100],
        [120, 60 + seed],
      ],
    },
    { stroke_width: 3 + (seed % 4), dash: [6, 4] },
  ),
  text(
    `Mark ${seed} → Ελλάς שלום`,
    { x: 30, y: 60, width: 90 },
    { font_size: 14, font_weight: 100 * (1 + (seed % 9)) },
  ),
  annotation('freehand', {
    points: Array.from({ length: 20 }, (_, i) => [i * 7, 90 + Math.sin(i + seed) * 9, (i % 5) / 4]),
  }),
];

const request = (overrides: Partial<RenderRequest> = {}): RenderRequest => ({
  scene: { width: 160, height: 120, annotations: marks(1) },
  format: 'png',
  scale: 1,
  background: 'white',
  includeComments: false,
  ...overrides,
});

const emptyPage = (size: { width: number; height: number }): RenderRequest =>
  request({ scene: { ...size, annotations: [] } });

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function withRenderer(
  options: RendererOptions,
  use: (renderer: Renderer) => Promise<void>,
): Promise<void> {
  const renderer = createRenderer(options);
  try {
    await use(renderer);
  } finally {
    await renderer.close();
  }
}

describe('render/renderer', () => {
  let renderer: Renderer;
  before(() => {
    renderer = createRenderer({ threads: 2 });
  });
  after(() => renderer.close());

  it('draws on the base image and tells sizes and timings', async () => {
    const result = await renderer.render(request({ image: sample, scale: 0.5 }));
    expect([result.width, result.height]).to.deep.equal([960, 540]);
    expect(result.image).to.deep.equal({ width: 1920, height: 1080 });
    expect(result.timings.decode).to.be.above(0);
    expect(pixel(decodePng(result.bytes), 5, 5)).to.deep.equal([0x1b, 0x1f, 0x3b, 255]);
  });

  it('draws an empty page where there is no image, white or transparent', async () => {
    const white = await renderer.render(emptyPage({ width: 30, height: 20 }));
    expect(white.image).to.equal(undefined);
    expect(pixel(decodePng(white.bytes), 5, 5)).to.deep.equal([255, 255, 255, 255]);
    const clear = await renderer.render({
      ...emptyPage({ width: 30, height: 20 }),
      background: 'transparent',
    });
    expect(pixel(decodePng(clear.bytes), 5, 5)).to.deep.equal([0, 0, 0, 0]);
  });

  it('lays a translucent image over its background', async () => {
    const image = encodePng({ width: 1, height: 1, data: Uint8Array.of(200, 0, 0, 128) });
    const colorOver = async (background: RenderRequest['background']): Promise<readonly number[]> => {
      const { bytes } = await renderer.render(
        request({ image, background, scene: { width: 1, height: 1, annotations: [] } }),
      );
      return pixel(decodePng(bytes), 0, 0);
    };
    expect(await colorOver('transparent')).to.deep.equal([200, 0, 0, 128]);
    expect(await colorOver('white')).to.deep.equal([227, 127, 127, 255]);
  });

  it('makes JPEG where it is asked for, upright from any orientation', async () => {
    const image = withOrientation(await quarteredJpeg(), 6);
    const { bytes, width, height } = await renderer.render(request({ image, format: 'jpg' }));
    expect([...bytes.subarray(0, 3)]).to.deep.equal([0xff, 0xd8, 0xff]);
    expect([width, height]).to.deep.equal([32, 48]);
  });

  it('reports progress after each stage, ending with 1', async () => {
    const steps: number[] = [];
    await renderer.render(request({ image: sample }), { onProgress: (progress) => steps.push(progress) });
    expect(steps.at(-1)).to.equal(1);
    expect(steps).to.deep.equal(steps.toSorted((a, b) => a - b));
  });

  it('leaves the bytes of the image with the caller', async () => {
    const image = new Uint8Array(sample);
    await renderer.render(request({ image }));
    expect(image.byteLength).to.equal(sample.byteLength);
    expect(hash(image)).to.equal(hash(sample));
  });

  it('[IMG-4] gives the same bytes for the same scene, on every worker, in any order, after a restart', async function () {
    this.timeout(120_000);
    const scenes = fc.sample(validAnnotations, { numRuns: 10, seed: 7 });
    const requests = scenes.map((annotations, i) =>
      request({
        scene: { width: 120, height: 90, annotations },
        includeComments: true,
        format: i % 3 === 0 ? 'jpg' : 'png',
        portable: i % 2 === 0,
      }),
    );
    const alone: string[] = [];
    for (const one of requests) alone.push(hash((await renderPicture(one)).bytes));
    const together = await Promise.all(requests.map((one) => renderer.render(one)));
    expect(together.map(({ bytes }) => hash(bytes))).to.deep.equal(alone);
    await withRenderer({ threads: 1 }, async (restarted) => {
      const backwards = await Promise.all(requests.toReversed().map((one) => restarted.render(one)));
      expect(backwards.map(({ bytes }) => hash(bytes)).toReversed()).to.deep.equal(alone);
    });
  });

  it('gives the same bytes for the same request with an image, on every worker and in any order', async () => {
    const requests = Array.from({ length: 6 }, (_, seed) =>
      request({
        image: sample,
        scale: seed % 2 === 0 ? 0.25 : 0.4,
        format: seed % 3 === 0 ? 'jpg' : 'png',
        scene: { width: 1, height: 1, annotations: marks(seed) },
      }),
    );
    const all = async (list: readonly RenderRequest[]): Promise<string[]> =>
      Promise.all(list.map(async (one) => hash((await renderer.render(one)).bytes)));
    const forwards = await all(requests);
    const backwards = (await all(requests.toReversed())).toReversed();
    expect(backwards).to.deep.equal(forwards);
    expect(new Set(forwards).size).to.equal(requests.length);
  });

  it('rejects with real Problems, from the header and from the worker', async () => {
    const problems = await Promise.all(
      [Buffer.from('GIF89a'), sample.subarray(0, 20), sample.subarray(0, 5_000)].map((image) =>
        renderer.render(request({ image })).catch((error: unknown) => error),
      ),
    );
    expect(problems.map((problem) => problem instanceof Problem && problem.code)).to.deep.equal([
      'image_unsupported',
      'image_corrupt',
      'image_corrupt',
    ]);
    expect(problems[2]).to.have.property('message', 'The PNG is cut off.');
  });

  it('refuses a picture that would be too large', async () => {
    expect(
      await rejectedCode(renderer.render({ ...emptyPage({ width: 9_000, height: 9_000 }), scale: 4 })),
    ).to.equal('image_too_large');
  });

  it('ends a job at once when its caller gives up, and works on', async () => {
    const caller = new AbortController();
    const job = renderer.render(emptyPage(HUGE), { signal: caller.signal }).catch((error: unknown) => error);
    const reason = new Error('no longer wanted');
    caller.abort(reason);
    expect(await job).to.equal(reason);
    expect((await renderer.render(request())).width).to.equal(160);
  });

  it('never starts a job that was given up before', async () => {
    const reason = new Error('too late');
    const job = renderer
      .render(request(), { signal: AbortSignal.abort(reason) })
      .catch((error: unknown) => error);
    expect(await job).to.equal(reason);
  });

  it('ends a job that takes too long with render_timeout, and replaces its worker', async () => {
    await withRenderer({ threads: 1, timeoutMs: 300 }, async (impatient) => {
      expect(await rejectedCode(impatient.render(emptyPage(HUGE)))).to.equal('render_timeout');
      // A slow machine may take too long for any job, but not for one after the other.
      const served = (): Promise<RenderResult> =>
        impatient
          .render(emptyPage({ width: 8, height: 8 }))
          .catch((error: Problem) => (error.code === 'render_timeout' ? served() : Promise.reject(error)));
      expect((await served()).width).to.equal(8);
    });
  });

  it('refuses more waiting jobs than it may keep', async () => {
    await withRenderer({ threads: 1, maxWaiting: 1 }, async (small) => {
      const jobs = [1, 2, 3].map(() => rejectedCode(small.render(request())));
      expect(await Promise.all(jobs)).to.deep.equal([undefined, undefined, 'overloaded']);
    });
  });

  it('fails what is under way with unavailable when it is closed', async () => {
    const closing = createRenderer({ threads: 1 });
    const jobs = [1, 2].map(() => rejectedCode(closing.render(emptyPage(HUGE))));
    // The first job is on its way to the worker once its place was given.
    await Promise.resolve();
    await closing.close();
    expect(await Promise.all(jobs)).to.deep.equal(['unavailable', 'unavailable']);
    expect(await rejectedCode(closing.render(request()))).to.equal('unavailable');
  });

  it('lets jobs wait for memory, and a job over the whole budget run alone', async () => {
    await withRenderer({ threads: 2, memoryBytes: 1 }, async (narrow) => {
      const codes = await Promise.all([1, 2, 3].map(() => rejectedCode(narrow.render(request()))));
      expect(codes).to.deep.equal([undefined, undefined, undefined]);
    });
  });
});
