import { abandonment } from '../abandonment.ts';
import { callerOf } from '../caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { expectedVersion, isNotModified, versionTag } from '../entity-tag.ts';
import { pngReply } from '../image-reply.ts';
import { pageOf } from '../page-request.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type DocumentHandlers = Pick<
  Handlers,
  | 'listDocuments'
  | 'createDocument'
  | 'getDocument'
  | 'updateDocument'
  | 'deleteDocument'
  | 'getDocumentPreview'
>;

/** As the contract says; of a screenshot it makes a picture that fits into a list. */
const DEFAULT_SCALE = 0.25;

/** The operations of the tag `documents`. */
export function documentHandlers({
  annotations,
  previews,
}: Pick<AppDependencies, 'annotations' | 'previews'>): DocumentHandlers {
  return {
    async listDocuments({ query }) {
      const include_deleted = query.include_deleted ?? false;
      return { status: 200, body: await annotations.listDocuments({ ...pageOf(query), include_deleted }) };
    },

    async createDocument({ body, headers, request }) {
      const { created_by: _, ...input } = body;
      const document = await annotations.createDocument(input, callerOf(request, headers, body));
      contextOf(request).documentId = document.id;
      return {
        status: 201,
        body: document,
        headers: { Location: `/v1/documents/${document.id}`, ETag: versionTag(document.version) },
      };
    },

    async getDocument({ path, query, headers, request }) {
      contextOf(request).documentId = path.id;
      const document = await annotations.getDocument(path.id, query.include_deleted ?? false);
      const tag = { ETag: versionTag(document.version) };
      if (isNotModified(headers['If-None-Match'], tag.ETag)) return { status: 304, headers: tag };
      return { status: 200, body: document, headers: tag };
    },

    async updateDocument({ path, body, headers, request }) {
      contextOf(request).documentId = path.id;
      const { updated_by: _, version: given, ...change } = body;
      const version = expectedVersion(headers['If-Match'], given);
      const document = await annotations.updateDocument(
        path.id,
        { ...change, ...(version !== undefined && { version }) },
        callerOf(request, headers, body),
      );
      return { status: 200, body: document, headers: { ETag: versionTag(document.version) } };
    },

    async deleteDocument({ path, headers, request }) {
      contextOf(request).documentId = path.id;
      const version = expectedVersion(headers['If-Match'], undefined);
      const document = await annotations.deleteDocument(path.id, version, callerOf(request, headers));
      return { status: 200, body: document, headers: { ETag: versionTag(document.version) } };
    },

    async getDocumentPreview({ path, query, headers, request }) {
      contextOf(request).documentId = path.id;
      const { scale = DEFAULT_SCALE, ...name } = query;
      const preview = await previews.find(path.id, { scale, ...name });
      const tag = { ETag: preview.tag };
      if (isNotModified(headers['If-None-Match'], preview.tag)) return { status: 304, headers: tag };
      return pngReply(await preview.png(abandonment(request)), tag);
    },
  };
}
