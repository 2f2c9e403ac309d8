import { expect } from 'chai';
import { Metrics } from '../../http/metrics.ts';
import { Rate } from '../../http/rate.ts';

describe('a rate', () => {
  it('is the mean of the last ten seconds', () => {
    let ms = 0;
    const rate = new Rate(() => ms);
    for (let second = 0; second < 10; second++) {
      ms = second * 1000;
      rate.add(30);
    }
    expect(rate.perSecond()).to.equal(30);
    ms = 14_000;
    expect(rate.perSecond()).to.equal(15);
  });

  it('is zero again after ten quiet seconds, and counts anew', () => {
    let ms = 0;
    const rate = new Rate(() => ms);
    rate.add(100);
    ms = 1_000_000;
    expect(rate.perSecond()).to.equal(0);
    rate.add(10);
    expect(rate.perSecond()).to.equal(1);
  });
});

describe('the metrics', () => {
  it('have the names that the requirements give, from the start', async () => {
    const figures = await new Metrics({ process: false }).figures();
    for (const name of [
      'connected_clients',
      'rooms_active',
      'ops_broadcast_per_sec',
      'export_jobs_pending',
      'export_time_ms',
    ]) {
      expect(figures[name], name).to.equal(0);
    }
  });

  it('count what the layers tell', async () => {
    let ms = 0;
    const metrics = new Metrics({ process: false, now: () => ms });
    metrics.connectedClients(1);
    metrics.connectedClients(1);
    metrics.connectedClients(-1);
    metrics.activeDocuments(() => ({ all: 6, rooms: 4 }));
    metrics.broadcast(50);
    ms = 1000;
    metrics.exportQueued();
    metrics.exportQueued();
    metrics.exportQueued();
    metrics.exportFinished(100, 'completed');
    metrics.exportFinished(300, 'failed');
    metrics.appended(7, 2);
    metrics.actorCrashed();
    metrics.rejected('overloaded');
    metrics.pixelsPainted(12);
    metrics.pixelsRejected('locked', 3);
    metrics.pixelsRejected('locked', 2);
    const figures = await metrics.figures();
    expect(figures).to.include({
      connected_clients: 1,
      rooms_active: 4,
      documents_active: 6,
      ops_broadcast_per_sec: 5,
      export_jobs_pending: 1,
      export_time_ms: 200,
      frames_broadcast_total: 50,
      events_appended_total: 7,
      actor_crashes_total: 1,
      'problems_total{code="overloaded"}': 1,
      'export_duration_ms_count{status="failed"}': 1,
      append_duration_ms_sum: 2,
      canvas_pixels_painted_total: 12,
      'canvas_pixels_rejected_total{reason="locked"}': 5,
    });
  });

  it('are the same in Prometheus’ words, with buckets', async () => {
    const metrics = new Metrics({ process: false });
    metrics.answered('listDocuments', 200, 3);
    metrics.answered(undefined, 404, 1);
    const text = await metrics.prometheus();
    expect(text).to.contain('# TYPE http_request_duration_ms histogram');
    expect(text).to.contain(
      'http_request_duration_ms_bucket{le="5",operation="listDocuments",status="200"} 1',
    );
    expect(text).to.contain('http_request_duration_ms_count{operation="none",status="404"} 1');
  });

  it('tell about the process too', async () => {
    const figures = await new Metrics().figures();
    expect(figures['process_resident_memory_bytes']).to.be.greaterThan(1_000_000);
  });
});
