import { expect } from 'chai';
import type { Presence } from '../../actors/door.ts';
import { encodeAwareness } from '../../http/sockets/awareness-update.ts';
import { encodeBase64 } from '../../http/sockets/base64.ts';
import { YjsDoor } from '../../http/sockets/yjs-door.ts';
import type { ConnectionId, DocumentId, UserId } from '../../protocol/ids.ts';
import { DOCUMENT_ID } from './harness.ts';

const presenceOf = (name: string, clientId: number): Presence => ({
  connectionId: name as ConnectionId,
  userId: name as UserId,
  displayName: name,
  data: { data: encodeBase64(encodeAwareness([{ clientId, clock: 1, state: '{}' }])) },
});

describe('the door of y-websocket', () => {
  it('[YJS-4] shows nobody who left while no client had joined, but one was about to', () => {
    const door = new YjsDoor('annotation');
    const shownTo = (name: string, presence: readonly Presence[]): number[] => {
      const connectionId = name as ConnectionId;
      const documentId = DOCUMENT_ID as DocumentId;
      door.admit({ connectionId, resync: () => undefined });
      door.encode({ type: 'welcome', documentId, connectionId, seq: 1, snapshotSeq: 0, presence });
      return door.awareness.all().map(({ clientId }) => clientId);
    };
    const [ann, bob] = [presenceOf('ann', 7), presenceOf('bob', 8)];
    expect(shownTo('eve', [ann, bob])).to.deep.equal([7, 8]);
    // As long as somebody listens, who left stays until that one is told.
    expect(shownTo('carl', [bob])).to.deep.equal([7, 8]);
    for (const name of ['eve', 'carl']) door.dismiss(name as ConnectionId);
    expect(shownTo('dora', [bob])).to.deep.equal([8]);
  });
});
