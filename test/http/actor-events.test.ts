import { expect } from 'chai';
import request from 'supertest';
import { Inspection } from '../../actors/inspection.ts';
import { ALICE, createRuntime, newDocumentId } from '../helpers/runtime.ts';
import { testApp, UNKNOWN_ID } from './test-app.ts';

async function create(debugToken?: string) {
  const { documents } = createRuntime();
  const counter = documents.open('counter', newDocumentId());
  const inspection = new Inspection(documents);
  const { app } = testApp({ inspection, ...(debugToken === undefined ? {} : { debugToken }) });
  const watch = inspection.watch(counter.id);
  await counter.execute({ type: 'add', by: 1 } as never, ALICE);
  watch.close();
  return { app, inspection, counter, path: `/debug/actors/${counter.id}/events.json` };
}

describe('what an actor did, over HTTP', () => {
  it("[INS-8] is a file of inspection events for Stately's tools", async () => {
    const { app, inspection, counter, path } = await create();
    const watch = inspection.watch(counter.id);
    await counter.execute({ type: 'add', by: 1 } as never, ALICE);
    const { body, headers } = await request(app).get(path).expect(200);
    expect(body).to.deep.equal(JSON.parse(JSON.stringify(inspection.export(counter.id))));
    expect(body.map(({ type }: { type: string }) => type)).to.include.members([
      '@xstate.actor',
      '@xstate.event',
      '@xstate.snapshot',
    ]);
    expect(headers).to.include({
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="actor-${counter.id}.json"`,
    });
    expect(headers).not.to.have.property('access-control-allow-origin');
    watch.close();
  });

  it('[INS-5] is for this machine only, or for whoever has the debug token', async () => {
    const open = await create();
    await request(open.app).get(open.path).set('X-Forwarded-For', '127.0.0.1').expect(403);
    const guarded = await create('s3cret');
    await request(guarded.app).get(guarded.path).expect(401);
    await request(guarded.app).get(`${guarded.path}?token=s3cret`).expect(200);
    await request(guarded.app).get(guarded.path).set('Authorization', 'Bearer s3cret').expect(200);
  });

  it('is 404 where there is no such actor in memory', async () => {
    const { app } = await create();
    for (const id of [UNKNOWN_ID, 'nonsense']) {
      const { body } = await request(app).get(`/debug/actors/${id}/events.json`).expect(404);
      expect(body.code).to.equal('not_found');
    }
  });
});
