import type { DocumentId } from '../../protocol/ids.ts';
import { type DoorLease, DoorLeases } from './door-leases.ts';
import { RealtimeDoor } from './realtime-door.ts';

export type Lease = DoorLease<RealtimeDoor>;

/** The doors of `/v1/realtime`. */
export class RealtimeDoors {
  readonly #leases = new DoorLeases<RealtimeDoor>();

  get size(): number {
    return this.#leases.size;
  }

  lease(documentId: DocumentId): Lease {
    return this.#leases.lease(documentId, () => new RealtimeDoor(documentId));
  }
}
