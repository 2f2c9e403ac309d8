import type { AnnotationContent, ExportScene } from '../../protocol/annotation-messages.ts';
import type { AnnotationState } from './annotation-state.ts';
import { requireActive } from './decision.ts';
import { pageSize } from './document-fields.ts';

/** Page of an image whose size is not known yet; the renderer knows it before it draws. */
const UNKNOWN_PAGE = { width: 1280, height: 720 };

/** What an export of this state draws. @throws Problem `not_found` */
export function sceneOf(state: AnnotationState): ExportScene {
  const fields = requireActive(state);
  return {
    image: fields.image,
    ...(pageSize(fields) ?? UNKNOWN_PAGE),
    annotations: state.annotations.active(),
  };
}

/** What a version of this state brings back. @throws Problem `not_found` */
export function contentOf(state: AnnotationState): AnnotationContent {
  const { wire, image } = requireActive(state);
  return { document: wire, image, annotations: state.annotations.active() };
}
