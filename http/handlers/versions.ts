import { callerOf } from '../caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { expectedVersion, versionTag } from '../entity-tag.ts';
import { pageOfDocument } from '../page-request.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type VersionHandlers = Pick<Handlers, 'listVersions' | 'createVersion' | 'getVersion' | 'revertVersion'>;

/** The operations of the tag `versions`. */
export function versionHandlers({ annotations }: Pick<AppDependencies, 'annotations'>): VersionHandlers {
  return {
    async listVersions({ query }) {
      return { status: 200, body: await annotations.listVersions(pageOfDocument(query)) };
    },

    async createVersion({ body, headers, request }) {
      contextOf(request).documentId = body.document_id;
      const { document_id, created_by: _, change_summary = '', tag } = body;
      const input = { change_summary, ...(tag !== undefined && { tag }) };
      const version = await annotations.createVersion(document_id, input, callerOf(request, headers, body));
      return { status: 201, body: version, headers: { Location: `/v1/versions/${version.id}` } };
    },

    async getVersion({ path, request }) {
      const version = await annotations.getVersion(path.id);
      contextOf(request).documentId = version.document_id;
      return { status: 200, body: version };
    },

    async revertVersion({ path, body, headers, request }) {
      const version = expectedVersion(headers['If-Match'], body?.version);
      const document = await annotations.revertVersion(path.id, version, callerOf(request, headers, body));
      contextOf(request).documentId = document.id;
      return { status: 200, body: document, headers: { ETag: versionTag(document.version) } };
    },
  };
}
