import type { TextCrdt } from '../../protocol/entities.ts';
import { Problem } from '../../protocol/problem.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { BadUpdate, readYjsUpdate } from '../yjs-update.ts';

/**
 * Refuses what must not enter the log. Of opaque bytes nothing is known; a Yjs update is read once, to its last byte,
 * which takes time linear in its length.
 *
 * @throws Problem `bad_update`
 */
export function checkUpdate(crdt: TextCrdt, delta: Uint8Array): void {
  if (delta.length === 0) throw new Problem('bad_update', 'The update is empty.');
  switch (crdt) {
    case 'opaque':
      return;
    case 'yjs':
      try {
        readYjsUpdate(delta);
      } catch (cause) {
        if (!(cause instanceof BadUpdate)) throw cause;
        throw new Problem('bad_update', `No Yjs v1 update: ${cause.message}.`, { cause });
      }
      return;
    default:
      unreachable(crdt);
  }
}
