import { expect } from 'chai';
import type { RoomComment } from '../../client/index.ts';
import { CommentRecord } from '../../web/board/comments/comment-record.ts';
import type { FactsOf } from '../../web/board/comments/thread-list.ts';
import { FakeTimers } from '../client/fake-timers.ts';

const AT = '2026-11-21T10:00:00.000Z';

/** A record over a server that knows the comments of `server`, and a page that has those of `here`. */
function scene() {
  const timers = new FakeTimers();
  const [here, server] = [new Set<string>(), new Map<string, string>()];
  let asked = 0;
  let fails = false;
  let facts: FactsOf = new Map();
  const record = new CommentRecord({
    timers,
    ids: () => here,
    changed: (next) => {
      facts = next;
    },
    fetch: async () => {
      asked += 1;
      if (fails) throw new TypeError('fetch failed');
      return [...server].map(([id, author]) => ({ id, author, createdAt: AT }) as RoomComment);
    },
  });
  /** Lets time pass, and the answers come in. */
  const pass = async (ms: number): Promise<void> => {
    timers.pass(ms);
    await new Promise(setImmediate);
  };
  return {
    record,
    here,
    server,
    pass,
    waiting: () => timers.waiting,
    asked: () => asked,
    facts: () => facts,
    fail: (next: boolean) => {
      fails = next;
    },
  };
}

describe('the record of who wrote a comment and when', () => {
  it('is asked for once for comments that come together, and not at all where nothing is new', async () => {
    const { record, here, server, pass, asked, facts } = scene();
    for (const id of ['a', 'b']) {
      here.add(id);
      server.set(id, 'ann');
      record.refresh();
    }
    await pass(300);
    expect(asked()).to.equal(1);
    expect(facts().get('b')).to.deep.equal({ author: 'ann', createdAt: Date.parse(AT) });
    record.refresh();
    await pass(300);
    expect(asked()).to.equal(1);
  });

  it('takes what came just now for new, until the server says more', async () => {
    const { record, here, server, pass, facts } = scene();
    here.add('a');
    const before = Date.now();
    record.assume('a', 'me');
    expect(facts().get('a')?.author).to.equal('me');
    expect(facts().get('a')?.createdAt).to.be.within(before, Date.now());
    server.set('a', 'somebody else');
    record.refresh();
    await pass(300);
    expect(facts().get('a')).to.deep.equal({ author: 'somebody else', createdAt: Date.parse(AT) });
  });

  it('asks again for what the server did not have yet, less and less often, and not for ever', async () => {
    const { record, here, server, pass, asked, waiting, facts, fail } = scene();
    here.add('a');
    fail(true);
    record.refresh();
    await pass(200);
    expect(asked()).to.equal(1);
    fail(false);
    await pass(1000);
    expect(asked()).to.equal(2);
    server.set('a', 'ann');
    await pass(2000);
    expect([asked(), waiting(), facts().get('a')?.author]).to.deep.equal([3, 0, 'ann']);

    here.add('never there');
    record.refresh();
    for (let minute = 0; minute < 10; minute += 1) await pass(60_000);
    expect(asked()).to.be.within(4, 10);
    expect(waiting()).to.equal(0);
  });

  it('asks no more once it is stopped', async () => {
    const { record, here, pass, asked, waiting } = scene();
    here.add('a');
    record.refresh();
    record.stop();
    await pass(60_000);
    expect([asked(), waiting()]).to.deep.equal([0, 0]);
  });
});
