import type * as Y from 'yjs';

export type DoorName = 'room' | 'y-websocket 3' | 'y-websocket 2' | 'rest' | 'realtime';

/** One who is at a room by one of its doors. */
export interface RoomMember {
  readonly name: string;
  readonly door: DoorName;
  /** What it has; absent where its door shows no document. */
  readonly doc?: Y.Doc;
  /** Changes something, chosen at random. Resolves when it would do the next thing. */
  act(): Promise<void>;
  /** Its network fails for a moment. */
  cut(): void;
  /** Its network is away until `comeBack`. */
  goAway(): void;
  comeBack(): void;
  /** As far as it can know, what it did is on disk, and it has what the server had. */
  readonly isSettled: boolean;
  /** For good. */
  leave(): void;
}

/** Where a room is, and who acts there. */
export interface Place {
  readonly url: string;
  readonly roomId: string;
  readonly name: string;
}
