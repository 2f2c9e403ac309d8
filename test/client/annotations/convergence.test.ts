import { expect } from 'chai';
import fc from 'fast-check';
import { entriesOf } from '../../../client/annotations/entries.ts';
import { listAnnotations } from '../../../client/annotations/read.ts';
import { edit } from './random-edits.ts';
import { Replica, ServerSide } from './replica.ts';

describe('what two do to annotations at the same time', () => {
  it('is the same for both once they have heard of each other, in the same paint order', () => {
    const step = fc.tuple(fc.constantFrom(0, 1), edit, fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const replicas = [new Replica(10), new Replica(20)] as const;
        for (const [who, change, meets] of steps) {
          change(replicas[who === 0 ? 0 : 1].doc);
          if (meets) Replica.sync(...replicas);
        }
        Replica.sync(...replicas);
        const [one, other] = replicas;
        expect(entriesOf(one.doc).toJSON()).to.deep.equal(entriesOf(other.doc).toJSON());
        expect(listAnnotations(one.doc)).to.deep.equal(listAnnotations(other.doc));
      }),
      { numRuns: 60 },
    );
  });

  it('passes the checks of the server after every step, which shows the same annotations with the same words', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30, size: 'max' }), (steps) => {
        const replica = new Replica(10);
        const server = new ServerSide();
        for (const change of steps) {
          change(replica.doc);
          for (const update of replica.updates.splice(0)) expect(server.take(update)).to.deep.equal([]);
          const seen = new Map(listAnnotations(replica.doc).map((annotation) => [annotation.id, annotation]));
          expect([...seen.keys()].sort()).to.deep.equal(server.ids.sort());
          for (const {
            id,
            type,
            geometry,
            style,
            content,
            parent_id,
            group_id,
            resolved,
            orphaned,
            status,
          } of server.active) {
            const rest = {
              ...(resolved === undefined ? {} : { resolved }),
              ...(orphaned ? { orphaned } : {}),
            };
            expect(seen.get(id)).to.deep.equal({
              id,
              type,
              geometry,
              style,
              content,
              parent_id,
              group_id,
              status,
              ...rest,
            });
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('passes the checks of the server merged too; only a reply to what the other deleted is not shown', () => {
    const step = fc.tuple(fc.constantFrom(0, 1), edit, fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30, size: 'max' }), (steps) => {
        const replicas = [new Replica(10), new Replica(20)] as const;
        const server = new ServerSide();
        const tell = (): void => {
          for (const { updates } of replicas) {
            for (const update of updates) {
              for (const { path } of server.take(update)) expect(path).to.equal('/parent_id');
            }
          }
          Replica.sync(...replicas);
        };
        for (const [who, change, meets] of steps) {
          change(replicas[who === 0 ? 0 : 1].doc);
          if (meets) tell();
        }
        tell();
        const [one] = replicas;
        expect(
          listAnnotations(one.doc)
            .map(({ id }) => id)
            .sort(),
        ).to.deep.equal(server.ids.sort());
      }),
      { numRuns: 60 },
    );
  });
});
