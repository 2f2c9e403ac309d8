import { randomUUID } from 'node:crypto';
import { AnnotationDocuments } from '../../actors/annotation-documents.ts';
import { DocumentImages } from '../../actors/document-images.ts';
import { ImageLibrary } from '../../actors/image-library.ts';
import { type PreviewLimits, PreviewService } from '../../actors/preview-service.ts';
import { RoomComments } from '../../actors/room-comments.ts';
import { RoomService } from '../../actors/room-service.ts';
import { SceneRenderer } from '../../actors/scene-renderer.ts';
import { annotationKind } from '../../documents/annotation/annotation-kind.ts';
import { Problem } from '../../protocol/problem.ts';
import { checkImageSize, readImageHeader } from '../../render/image-header.ts';
import type { RenderRequest } from '../../render/port.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';

export interface TestRooms {
  readonly runtime: Runtime;
  readonly documents: AnnotationDocuments;
  readonly rooms: RoomService;
  readonly comments: RoomComments;
  readonly previews: PreviewService;
  /** What there is at addresses; anything else cannot be fetched. */
  readonly pictures: Map<string, Uint8Array>;
  /** Addresses that were fetched. */
  readonly fetched: string[];
  /** Every picture that was asked for; a test may put another renderer in the place of the one that is done at once. */
  readonly renderer: { asked: RenderRequest[]; draw: (request: RenderRequest) => Promise<Uint8Array> };
}

export interface TestRoomsOptions extends Pick<RuntimeOptions, 'store' | 'limits'> {
  readonly previews?: PreviewLimits;
}

/** The services of rooms on a runtime of their own. */
export function createRooms(options: TestRoomsOptions = {}): TestRooms {
  const runtime = createRuntime({ ...options, kinds: [annotationKind] });
  const { documents: sockets, store } = runtime;
  const pictures = new Map<string, Uint8Array>();
  const fetched: string[] = [];
  const library = new ImageLibrary({
    blobs: store.blobs,
    inspect: (bytes) => {
      const header = readImageHeader(bytes);
      checkImageSize(header);
      return header;
    },
    fetch: async (url) => {
      fetched.push(url);
      const found = pictures.get(url);
      if (found === undefined) throw new Problem('image_fetch_failed', 'Nothing is there.');
      return found;
    },
  });
  const documents = new AnnotationDocuments({
    documents: sockets,
    directory: store.directory,
    newId: randomUUID,
  });
  const images = new DocumentImages({ images: library, open: (id) => documents.open(id) });
  const renderer: TestRooms['renderer'] = {
    asked: [],
    draw: async ({ scale, scene }) => Buffer.from(`${scene.annotations.length} at ${scale}`),
  };
  const scenes = new SceneRenderer({
    images,
    renderer: {
      async render(request) {
        renderer.asked.push(request);
        const bytes = await renderer.draw(request);
        return { bytes, width: 1, height: 1, timings: { decode: 0, draw: 0, encode: 0 } };
      },
    },
  });
  const rooms = new RoomService({ documents, sockets, store, library, images });
  const previews = new PreviewService({
    documents,
    pictures: scenes,
    concurrency: 1,
    ...(options.previews === undefined ? {} : { limits: options.previews }),
  });
  return {
    runtime,
    documents,
    rooms,
    comments: new RoomComments(documents),
    previews,
    pictures,
    fetched,
    renderer,
  };
}
