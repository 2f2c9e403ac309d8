import { callerOf } from '../caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { expectedVersion, isNotModified, versionTag } from '../entity-tag.ts';
import { pageOfDocument } from '../page-request.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type AnnotationHandlers = Pick<
  Handlers,
  'listAnnotations' | 'createAnnotation' | 'getAnnotation' | 'updateAnnotation' | 'deleteAnnotation'
>;

/** The operations of the tag `annotations`. */
export function annotationHandlers({
  annotations,
}: Pick<AppDependencies, 'annotations'>): AnnotationHandlers {
  return {
    async listAnnotations({ query }) {
      const include_deleted = query.include_deleted ?? false;
      return {
        status: 200,
        body: await annotations.listAnnotations({ ...pageOfDocument(query), include_deleted }),
      };
    },

    async createAnnotation({ body, headers, request }) {
      contextOf(request).documentId = body.document_id;
      const { document_id, created_by: _, ...input } = body;
      const annotation = await annotations.createAnnotation(
        document_id,
        input,
        callerOf(request, headers, body),
      );
      return {
        status: 201,
        body: annotation,
        headers: { Location: `/v1/annotations/${annotation.id}`, ETag: versionTag(annotation.version) },
      };
    },

    async getAnnotation({ path, query, headers, request }) {
      const annotation = await annotations.getAnnotation(path.id, query.include_deleted ?? false);
      contextOf(request).documentId = annotation.document_id;
      const tag = { ETag: versionTag(annotation.version) };
      if (isNotModified(headers['If-None-Match'], tag.ETag)) return { status: 304, headers: tag };
      return { status: 200, body: annotation, headers: tag };
    },

    async updateAnnotation({ path, body, headers, request }) {
      const { updated_by: _, version: given, ...change } = body;
      const version = expectedVersion(headers['If-Match'], given);
      const annotation = await annotations.updateAnnotation(
        path.id,
        change,
        version,
        callerOf(request, headers, body),
      );
      contextOf(request).documentId = annotation.document_id;
      return { status: 200, body: annotation, headers: { ETag: versionTag(annotation.version) } };
    },

    async deleteAnnotation({ path, headers, request }) {
      const version = expectedVersion(headers['If-Match'], undefined);
      const annotation = await annotations.deleteAnnotation(path.id, version, callerOf(request, headers));
      contextOf(request).documentId = annotation.document_id;
      return { status: 200, body: annotation, headers: { ETag: versionTag(annotation.version) } };
    },
  };
}
