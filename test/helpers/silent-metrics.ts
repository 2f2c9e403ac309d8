import type { MetricsSink } from '../../protocol/metrics.ts';

/** Metrics that nobody reads. */
export const silentMetrics: MetricsSink = {
  connectedClients: () => undefined,
  broadcast: () => undefined,
  appended: () => undefined,
  exportQueued: () => undefined,
  exportFinished: () => undefined,
  actorCrashed: () => undefined,
  rejected: () => undefined,
  activeDocuments: () => undefined,
};
