import { parseDocumentId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { type Contract, readPackageFile } from '../contract.ts';
import { checkDebugAccess } from '../debug-access.ts';
import type { AppDependencies } from '../dependencies.ts';
import type { Handlers } from '../typed-handlers.ts';
import { withinTime } from '../within-time.ts';

type OperationHandlers = Pick<
  Handlers,
  | 'getHealth'
  | 'getReadiness'
  | 'getMetrics'
  | 'listActors'
  | 'exportActorEvents'
  | 'getOpenapi'
  | 'getAsyncapi'
>;
type Dependencies = Pick<
  AppDependencies,
  'documents' | 'inspection' | 'store' | 'metrics' | 'debugToken' | 'stopping'
>;

/** A store that takes longer is not one to send requests to; probes usually give up after a few seconds. */
const PING_LIMIT_MS = 2000;
/** A load balancer asks again anyway; people should give a restart this long. */
const STOPPING_RETRY_S = '5';

/** The operations of the tag `operations`. */
export function operationHandlers(
  { documents, inspection, store, metrics, debugToken, stopping }: Dependencies,
  contract: Pick<Contract, 'text'>,
): OperationHandlers {
  const asyncapi = readPackageFile('asyncapi.yaml');
  return {
    getHealth: () => ({ status: 200, body: { status: 'ok' } }),

    async getReadiness() {
      if (stopping()) {
        throw new Problem('unavailable', 'The server is stopping.', {
          headers: { 'Retry-After': STOPPING_RETRY_S },
        });
      }
      await withinTime(store.ping(), PING_LIMIT_MS).catch((error: unknown) => {
        throw new Problem('unavailable', 'The store does not answer.', { cause: error });
      });
      return { status: 200, body: { status: 'ready', store: store.name } };
    },

    async getMetrics({ query, request }) {
      const headers = { Vary: 'Accept', 'Cache-Control': 'no-store' };
      const wanted =
        query.format ?? (request.accepts('json', 'text/plain') === 'text/plain' ? 'prometheus' : 'json');
      if (wanted === 'prometheus') {
        return { status: 200, type: 'text/plain', body: await metrics.prometheus(), headers };
      }
      const figures = await metrics.figures();
      return {
        status: 200,
        body: {
          ...figures,
          connected_clients: figures['connected_clients'] ?? 0,
          rooms_active: figures['rooms_active'] ?? 0,
          ops_broadcast_per_sec: figures['ops_broadcast_per_sec'] ?? 0,
          export_jobs_pending: figures['export_jobs_pending'] ?? 0,
          export_time_ms: figures['export_time_ms'] ?? 0,
        },
        headers,
      };
    },

    listActors({ query, request }) {
      checkDebugAccess(request, debugToken, query.token);
      const actors = documents.actors().map((actor) => ({ ...actor }));
      return { status: 200, body: { actors }, headers: { 'Cache-Control': 'no-store' } };
    },

    exportActorEvents({ path, query, request }) {
      checkDebugAccess(request, debugToken, query.token);
      const id = parseDocumentId(path.document_id);
      if (id === undefined) throw Problem.notFound('actor in memory', path.document_id);
      const headers = {
        'Cache-Control': 'no-store',
        'Content-Disposition': `attachment; filename="actor-${id}.json"`,
      };
      return { status: 200, body: inspection.export(id), headers };
    },

    getOpenapi: () => ({ status: 200, type: 'application/yaml', body: contract.text }),
    getAsyncapi: () => ({ status: 200, type: 'application/yaml', body: asyncapi }),
  };
}
