import { ANONYMOUS } from '../../protocol/ids.ts';
import { callerOf } from '../caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type TextDocumentHandlers = Pick<
  Handlers,
  'listTextDocuments' | 'createTextDocument' | 'getTextDocument' | 'updateTextDocument' | 'deleteTextDocument'
>;

/** The operations of the tag `text`. */
export function textDocumentHandlers({ texts }: Pick<AppDependencies, 'texts'>): TextDocumentHandlers {
  return {
    async listTextDocuments({ query: { query, page = 1, page_size = 20, include_deleted = false } }) {
      const list = { page, size: page_size, include_deleted, ...(query !== undefined && { query }) };
      return { status: 200, body: await texts.listDocuments(list) };
    },

    async createTextDocument({ body, headers, request }) {
      const caller = callerOf(request, headers);
      const { title, crdt = 'opaque', owner_id = caller.by === ANONYMOUS ? null : caller.by } = body;
      const document = await texts.createDocument({ title, crdt, owner_id }, caller);
      contextOf(request).documentId = document.id;
      return { status: 201, body: document, headers: { Location: `/api/v1/documents/${document.id}` } };
    },

    async getTextDocument({ path, query, request }) {
      contextOf(request).documentId = path.id;
      return { status: 200, body: await texts.getDocument(path.id, query.include_deleted ?? false) };
    },

    async updateTextDocument({ path, body, headers, request }) {
      contextOf(request).documentId = path.id;
      return { status: 200, body: await texts.updateDocument(path.id, body, callerOf(request, headers)) };
    },

    async deleteTextDocument({ path, headers, request }) {
      contextOf(request).documentId = path.id;
      await texts.deleteDocument(path.id, callerOf(request, headers));
      return { status: 204 };
    },
  };
}
