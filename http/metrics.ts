import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CanvasMetrics, MetricsSink } from '../protocol/metrics.ts';
import type { OperationName } from './contract.ts';
import { Rate } from './rate.ts';

/** Milliseconds; from a read out of memory to a request that somebody gives up on. */
const REQUEST_BUCKETS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000];
/** Milliseconds; a group commit on a disk takes about 5. */
const APPEND_BUCKETS_MS = [0.1, 0.5, 1, 2.5, 5, 10, 25, 100, 1000];
const EXPORT_BUCKETS_MS = [50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000];

/** What the HTTP pipeline tells. */
export interface HttpMetrics {
  /** A request is over. `operation` is absent where the contract has none for it; status 0: the caller went away. */
  answered(operation: OperationName | undefined, status: number, milliseconds: number): void;
  rejected(code: string): void;
}

export interface MetricsOptions {
  /** Figures of the process (memory, event loop, garbage collection). Default `true`. */
  readonly process?: boolean;
  /** Milliseconds that never go back; for tests. */
  readonly now?: () => number;
}

/** All counters and gauges of the process: a Prometheus registry, and the same figures as a flat JSON object. */
export class Metrics implements MetricsSink, HttpMetrics, CanvasMetrics {
  readonly #registry = new Registry();
  readonly #frames: Rate;
  readonly #clients = this.#gauge('connected_clients', 'Open sockets');
  readonly #pending = this.#gauge('export_jobs_pending', 'Exports that are not finished');
  readonly #broadcast = this.#counter('frames_broadcast_total', 'Frames handed to sockets');
  readonly #events = this.#counter('events_appended_total', 'Events made durable');
  readonly #crashes = this.#counter('actor_crashes_total', 'Document actors that ended in an error');
  readonly #problems = this.#counter(
    'problems_total',
    'Requests and messages answered with a problem',
    'code',
  );
  readonly #painted = this.#counter('canvas_pixels_painted_total', 'Pixels that were painted on canvases');
  readonly #refused = this.#counter(
    'canvas_pixels_rejected_total',
    'Pixels that were not painted, by reason',
    'reason',
  );
  readonly #append = this.#histogram('append_duration_ms', 'Time to make a batch durable', APPEND_BUCKETS_MS);
  readonly #exports = this.#histogram(
    'export_duration_ms',
    'Queued to finished',
    EXPORT_BUCKETS_MS,
    'status',
  );
  readonly #requests = this.#histogram(
    'http_request_duration_ms',
    'Answers',
    REQUEST_BUCKETS_MS,
    'operation',
    'status',
  );
  #exportMs = 0;
  #exportsFinished = 0;
  #readActive: Parameters<MetricsSink['activeDocuments']>[0] = () => ({ all: 0, rooms: 0 });

  constructor(options: MetricsOptions = {}) {
    this.#frames = new Rate(options.now);
    if (options.process !== false) collectDefaultMetrics({ register: this.#registry });
    const computed = (name: string, help: string, read: () => number): void => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [this.#registry],
        collect: (): void => gauge.set(read()),
      });
    };
    computed('rooms_active', 'Annotation documents in memory', () => this.#readActive().rooms);
    computed('documents_active', 'Documents in memory, of any kind', () => this.#readActive().all);
    computed('ops_broadcast_per_sec', 'Frames handed to sockets per second, over ten seconds', () =>
      this.#frames.perSecond(),
    );
    computed('export_time_ms', 'Mean of the finished exports', () =>
      this.#exportsFinished === 0 ? 0 : this.#exportMs / this.#exportsFinished,
    );
  }

  connectedClients(delta: 1 | -1): void {
    this.#clients.inc(delta);
  }

  broadcast(frames: number): void {
    this.#broadcast.inc(frames);
    this.#frames.add(frames);
  }

  appended(events: number, milliseconds: number): void {
    this.#events.inc(events);
    this.#append.observe(milliseconds);
  }

  exportQueued(): void {
    this.#pending.inc();
  }

  exportFinished(milliseconds: number, status: 'completed' | 'failed'): void {
    this.#pending.dec();
    this.#exportMs += milliseconds;
    this.#exportsFinished += 1;
    this.#exports.observe({ status }, milliseconds);
  }

  actorCrashed(): void {
    this.#crashes.inc();
  }

  rejected(code: string): void {
    this.#problems.inc({ code });
  }

  pixelsPainted(pixels: number): void {
    this.#painted.inc(pixels);
  }

  pixelsRejected(reason: string, pixels: number): void {
    this.#refused.inc({ reason }, pixels);
  }

  activeDocuments(read: Parameters<MetricsSink['activeDocuments']>[0]): void {
    this.#readActive = read;
  }

  answered(operation: OperationName | undefined, status: number, milliseconds: number): void {
    this.#requests.observe({ operation: operation ?? 'none', status }, milliseconds);
  }

  /** Prometheus' text format. */
  prometheus(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Every figure by name, labels as Prometheus writes them; of a histogram only sum and count. */
  async figures(): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    for (const metric of await this.#registry.getMetricsAsJSON()) {
      for (const sample of metric.values) {
        const labels = Object.entries(sample.labels).filter(([, value]) => value !== undefined);
        if (labels.some(([name]) => name === 'le')) continue;
        const name =
          'metricName' in sample && typeof sample.metricName === 'string' ? sample.metricName : metric.name;
        const suffix = labels.map(([label, value]) => `${label}="${value}"`).join(',');
        // JSON has no NaN: a figure that there is none of yet is left out
        if (Number.isFinite(sample.value)) figures[suffix ? `${name}{${suffix}}` : name] = sample.value;
      }
    }
    return figures;
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.#registry] });
  }

  #counter<Label extends string>(name: string, help: string, ...labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram<Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    ...labelNames: Label[]
  ): Histogram<Label> {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.#registry] });
  }
}
