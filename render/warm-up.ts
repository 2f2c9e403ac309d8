import type { RenderRequest, SceneAnnotation } from './port.ts';

const greeting: SceneAnnotation = {
  id: 'warm-up',
  type: 'text',
  geometry: { x: 4, y: 4, width: 120 },
  style: {},
  content: 'The quick brown fox jumps over the lazy dog 0123456789',
  parent_id: null,
};

const SMALL_PAGE = { width: 160, height: 120, annotations: [greeting] };

/** Small pictures that touch the common font and both codecs, drawn once when a worker starts. */
export const WARM_UP_REQUESTS: readonly RenderRequest[] = (['png', 'jpg'] as const).map((format) => ({
  scene: SMALL_PAGE,
  format,
  scale: 1,
  background: 'white',
  includeComments: false,
}));
