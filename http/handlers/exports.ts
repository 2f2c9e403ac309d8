import { join } from 'node:path';
import { Problem } from '../../protocol/problem.ts';
import { callerOf } from '../caller.ts';
import type { AppDependencies } from '../dependencies.ts';
import { isNotModified } from '../entity-tag.ts';
import { openFile } from '../file-body.ts';
import { imageReply } from '../image-reply.ts';
import { pageOfDocument } from '../page-request.ts';
import { contextOf } from '../request-context.ts';
import type { Handlers } from '../typed-handlers.ts';

type ExportHandlers = Pick<
  Handlers,
  'listExports' | 'createExport' | 'getExport' | 'downloadExport' | 'getExportFile'
>;

/** The operations of the tag `exports`. */
export function exportHandlers({
  annotations,
  exportsDir,
}: Pick<AppDependencies, 'annotations' | 'exportsDir'>): ExportHandlers {
  return {
    async listExports({ query }) {
      return { status: 200, body: await annotations.listExports(pageOfDocument(query)) };
    },

    async createExport({ body, headers, request }) {
      contextOf(request).documentId = body.document_id;
      const { document_id, created_by: _, ...input } = body;
      const job = await annotations.requestExport(document_id, input, callerOf(request, headers, body));
      return { status: 202, body: job, headers: { Location: `/v1/exports/${job.id}` } };
    },

    async getExport({ path, request }) {
      const job = await annotations.getExport(path.id);
      contextOf(request).documentId = job.document_id;
      return { status: 200, body: job };
    },

    async downloadExport({ path }) {
      const { path: file, mime, name } = await annotations.exportFile(path.id);
      const opened = await openFile(file);
      return imageReply(mime, opened, {
        'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
      });
    },

    async getExportFile({ path, headers }) {
      // The contract lets only `{uuid}.png` and `{uuid}.jpg` through: no way out of the directory.
      if (await annotations.isExportHidden(path.file.slice(0, path.file.indexOf('.')))) {
        throw Problem.notFound('export', path.file);
      }
      const opened = await openFile(join(exportsDir, path.file));
      const tag = { ETag: opened.tag };
      if (isNotModified(headers['If-None-Match'], opened.tag)) {
        opened.stream.destroy();
        return { status: 304, headers: tag };
      }
      return imageReply(path.file.endsWith('.png') ? 'image/png' : 'image/jpeg', opened, tag);
    },
  };
}
