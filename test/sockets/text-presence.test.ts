import { expect } from 'chai';
import { startTextHarness, type TextHarness } from './text-harness.ts';

describe('the text door', () => {
  let harness: TextHarness;
  before(async () => {
    harness = await startTextHarness({ textLimits: { deltaBytes: 1_000, snapshotBytes: 3_000 } });
  });
  after(async () => {
    await harness.close();
    expect(harness.runtime.crashes).to.deep.equal([]);
  });

  it('[TEXT-8] shows who points where to the others, and who has left', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    ann.say({ type: 'presence', cursor: { from: 3, to: 5 }, color: '#f00', data: 'aware' });
    const { connectionId, ...presence } = await bob.hear('presence');
    expect(presence).to.deep.equal({
      type: 'presence',
      userId: 'ann',
      displayName: 'ann',
      cursor: { from: 3, to: 5 },
      color: '#f00',
      data: 'aware',
    });
    const carol = await harness.join(id, 'carol');
    expect(await carol.hear('presence')).to.include({ connectionId });
    ann.say({ type: 'presence', cursor: null });
    await bob.hear('presence', ({ cursor }) => cursor === null);
    await ann.leave();
    const left = await bob.hear('presence', (frame) => frame.left === true);
    expect(left).to.deep.equal({
      type: 'presence',
      connectionId,
      userId: 'ann',
      displayName: 'ann',
      cursor: null,
      left: true,
    });
    expect(ann.of('presence')).to.deep.equal([]);
    const dave = await harness.join(id, 'dave');
    await dave.settled();
    expect(dave.of('presence')).to.deep.equal([]);
  });

  it('[TEXT-8] forgets where somebody points who is silent for 30 s; a ping or an update keeps it', async () => {
    const id = await harness.create();
    const [ann, bob] = [await harness.join(id, 'ann'), await harness.join(id, 'bob')];
    ann.say({ type: 'presence', cursor: { from: 1, to: 1 } });
    await bob.hear('presence');
    for (const keep of ['ping', 'update']) {
      harness.runtime.time.ms += 29_999;
      if (keep === 'update') ann.update('keeps', 'x');
      await ann.settled();
      harness.runtime.documents.sweep();
    }
    await bob.settled();
    expect(bob.of('presence')).to.have.lengthOf(1);
    harness.runtime.time.ms += 30_000;
    harness.runtime.documents.sweep();
    const gone = await bob.hear('presence', ({ cursor }) => cursor === null);
    expect(gone).to.not.have.property('left');
  });
});
