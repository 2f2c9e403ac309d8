/**
 * The process that sqlite-crash.test.ts kills: appends to the documents that it is told, for ever, and says each
 * acknowledged event in a line `document seq`. With the directory's, the pins' and the snapshots' state a function of
 * the head, so that they can be checked against the log.
 */
import { writeSync } from 'node:fs';
import type { DocumentId, EntityId } from '../../protocol/ids.ts';
import { openStore } from '../../storage/open-store.ts';
import { entity, event, operation, row, snapshot } from '../helpers/store-fixtures.ts';

/** Every so many events of a document there is a pin, and a snapshot and a prune. */
export const PIN_EVERY = 7;
export const SNAPSHOT_EVERY = 25;
export const SNAPSHOTS_KEPT = 2;

async function edit(path: string, ids: readonly DocumentId[]): Promise<void> {
  const store = await openStore(`sqlite:///${path}`);
  for (const id of ids) {
    const claim = await store.claim(id, `${process.pid}`);
    let head = claim.head;
    const lane = async (): Promise<never> => {
      for (;;) {
        const seq = ++head;
        await store.append(claim, {
          events: [event(seq, operation(`${seq}`))],
          row: row(id, { title: `at ${seq}`, updatedAt: seq }),
          entities: [entity(id, { id: `${id}/${seq}` as EntityId })],
          ...(seq % PIN_EVERY === 0 ? { pins: [snapshot(seq, true)] } : {}),
        });
        writeSync(1, `${id} ${seq}\n`);
        if (seq % SNAPSHOT_EVERY === 0) {
          await store.putSnapshot(claim, snapshot(seq));
          await store.prune(claim, SNAPSHOTS_KEPT);
        }
      }
    };
    // Two appends of one document under way at once: the second is lost, or both are there.
    for (let i = 0; i < 2; i++) lane().catch(() => process.exit(1));
  }
}

const [, script, path, ...ids] = process.argv;
if (script === import.meta.filename && path !== undefined) await edit(path, ids as DocumentId[]);
