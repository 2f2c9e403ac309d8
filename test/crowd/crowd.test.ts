import { expect } from 'chai';
import { packPixels } from '../../protocol/canvas-pixels.ts';
import { encodeBulkFrame } from '../../protocol/canvas-socket.ts';
import type { Seq } from '../../protocol/ids.ts';
import { CrowdBoard } from '../../tools/crowd/crowd-board.ts';
import { CrowdError, readCrowdOptions } from '../../tools/crowd/crowd-options.ts';
import { CrowdPicture, CrowdPictures, hashOf } from '../../tools/crowd/crowd-picture.ts';
import { isSound } from '../../tools/crowd/crowd-report.ts';
import { runCrowd } from '../../tools/crowd/crowd-run.ts';
import { openSite } from '../../tools/crowd/crowd-site.ts';
import { CrowdTally } from '../../tools/crowd/crowd-tally.ts';
import { LatencyHistogram } from '../../tools/crowd/latency-histogram.ts';
import { RealServer } from '../client/real-server.ts';

const KEY = 'moderator-key-of-the-test';

const frame = (seq: number, ...pixels: readonly (readonly [index: number, color: number])[]): Uint8Array =>
  encodeBulkFrame({ seq: seq as Seq, pixels: packPixels(pixels) });

const empty = (): Uint8Array => new Uint8Array(6);

describe('a crowd', () => {
  describe('at a server', () => {
    let server: RealServer;

    before(async () => {
      server = await RealServer.start('memory', { MODERATOR_KEY: KEY });
    });

    after(() => server.stop());

    it('loses nothing where the server is sound, and archives the canvas that it made', async function () {
      this.timeout(120_000);
      const env = { URL: server.url, KEY, CLIENTS: '5', RATE: '100', SECONDS: '1', BATCH: '2' };
      const options = readCrowdOptions(env);
      const site = await openSite(options);
      const said: string[] = [];
      const { tally, verdict } = await runCrowd(
        site,
        options,
        (line) => said.push(line),
        new AbortController().signal,
      );
      await site.close();
      expect(isSound(tally, verdict), JSON.stringify({ verdict, closed: [...tally.closed] })).to.equal(true);
      expect([verdict.joined, verdict.equal, verdict.missing]).to.deep.equal([5, 5, 0]);
      expect([tally.acked, tally.toAck.count > 0, tally.toOthers.count > 0]).to.deep.equal([
        tally.sent,
        true,
        true,
      ]);
      expect((await site.api.get(site.canvas.id)).status).to.equal('archived');
      expect(said[0]).to.equal('5 of 5 sockets joined');
    });

    it('puts the limits of a canvas back that it raised, and says where a key is wrong', async () => {
      const options = readCrowdOptions({ URL: server.url, KEY, CANVAS: 'main', CLIENTS: '200' });
      const site = await openSite(options);
      const { rateLimits } = await site.api.get('main');
      expect(rateLimits.connectionsPerAddress).to.be.at.least(200);
      await site.close();
      expect((await site.api.get('main')).rateLimits).to.deep.equal(site.canvas.rateLimits);
      const error = await openSite({ ...options, key: 'another key' }).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(CrowdError);
    });
  });

  it('paints nowhere without being told where', () => {
    expect(() => readCrowdOptions({})).to.throw(CrowdError, 'On which canvas?');
    for (const wrong of [{ CLIENTS: '0' }, { RATE: '1e3' }, { SECONDS: '3601' }, { URL: 'ftp://x' }]) {
      expect(() => readCrowdOptions({ KEY, ...wrong }), JSON.stringify(wrong)).to.throw(CrowdError);
    }
  });

  describe('the picture of a client', () => {
    it('is one and the same for all who got the same frames, and another for who did not', () => {
      const pictures = new CrowdPictures();
      const [ann, bob, eve] = [1, 2, 3].map(() => pictures.loaded(0, empty()));
      const first = ann?.after(frame(1, [0, 5]));
      expect(bob?.after(frame(1, [0, 5]))).to.equal(first);
      const other = eve?.after(frame(1, [0, 6]));
      expect(other?.hash()).to.not.equal(first?.hash());
      expect(first?.hash()).to.equal(hashOf(new Uint8Array([5, 0, 0, 0, 0, 0])));
    });

    it('is what came after the bitmap, in its order', () => {
      const picture = CrowdPicture.of(3, new Uint8Array([9, 9, 9, 9, 9, 9]))
        .after(frame(2, [0, 1]))
        .after(frame(4, [1, 2], [2, 2]))
        .after(frame(6, [2, 3]));
      expect([picture.seq, ...picture.bytes()]).to.deep.equal([6, 9, 2, 3, 9, 9, 9]);
    });

    it('is found to be that of the others, however it was come by', () => {
      const pictures = new CrowdPictures();
      let [ann, bob] = [pictures.loaded(0, empty()), pictures.loaded(1, new Uint8Array([5, 0, 0, 0, 0, 0]))];
      ann = pictures.share(ann.after(frame(1, [0, 5])));
      for (let seq = 2; seq < 80; seq += 1) {
        ann = pictures.share(ann.after(frame(seq, [1, seq])));
        bob = pictures.share(bob.after(frame(seq, [1, seq])));
      }
      expect(bob).to.equal(ann);
    });
  });

  it('knows which acknowledged pixels are not there', () => {
    const board = new CrowdBoard(3, 2, 8, Math.random);
    const [kept, refused] = [board.pick(0, 'a', 2, 0), board.pick(1, 'b', 2, 0)];
    board.acked(kept);
    board.rejected(refused);
    const bitmap = empty();
    for (const index of kept.indices) bitmap[index] = kept.color;
    expect(board.missingIn(bitmap)).to.equal(0);
    for (const index of kept.indices) bitmap[index] = kept.color + 1;
    expect(board.missingIn(bitmap)).to.equal(kept.indices.length);
  });

  it('measures how long others wait for a pixel, not its painter', () => {
    const tally = new CrowdTally();
    const board = new CrowdBoard(3, 2, 8, Math.random);
    const { indices, color } = board.pick(0, 'a', 1, 100);
    const pixels = indices.map((index) => [index, color] as const);
    const picture = CrowdPicture.of(0, empty()).after(frame(1, ...pixels));
    board.arrived(picture, 0, 130, tally);
    expect(tally.toOthers.count).to.equal(0);
    board.arrived(picture, 1, 140, tally);
    expect([tally.toOthers.count, tally.toOthers.max]).to.deep.equal([1, 40]);
  });

  it('says how long something took at most, for a part of all', () => {
    const histogram = new LatencyHistogram();
    expect(histogram.percentile(0.95)).to.equal(0);
    for (let ms = 1; ms <= 100; ms += 1) histogram.add(ms - 0.5);
    expect([histogram.percentile(0.5), histogram.percentile(0.95), histogram.max]).to.deep.equal([
      50, 95, 99.5,
    ]);
  });
});
