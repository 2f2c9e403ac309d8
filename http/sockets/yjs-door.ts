import type { Door, FactNotice, Notice, Presence, WelcomeNotice } from '../../actors/door.ts';
import type { ConnectionId } from '../../protocol/ids.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { AwarenessTable } from './awareness-table.ts';
import { type AwarenessEntry, BadAwareness, decodeAwareness } from './awareness-update.ts';
import { decodeBase64 } from './base64.ts';
import { isEmptyUpdate } from './room-frames.ts';
import { UpdateRun } from './update-run.ts';
import { UPDATE_OF, type YjsKind } from './yjs-document.ts';
import { frameAwareness, frameStep2, frameUpdate } from './yjs-messages.ts';

/** As the room door: two frames of a screen. */
const GATHER_MS = 10;

/** Frames of updates below this are made faster than they are found. */
const WORTH_KEEPING_BYTES = 16 * 1024;

/** By the update that a frame carries; it is kept as long as the document keeps the update. */
type FrameCache = WeakMap<Uint8Array, Uint8Array>;

/** Somebody at the document, as far as the door must know. */
export interface YjsGuest {
  readonly connectionId: ConnectionId;
  /** What was told and what is durable may differ: the client must be compared with the document again. */
  resync(): void;
}

/**
 * How subscribers of `/v1/yjs/{documentId}` are told about one document: messages of the y-websocket protocol. What a
 * client lacks when it comes it is told by its session, which knows what it has; the door tells what happens then.
 */
export class YjsDoor implements Door {
  readonly name = 'yjs';
  readonly gatherMs = GATHER_MS;
  readonly awareness = new AwarenessTable();
  readonly #kind: YjsKind;
  readonly #guests = new Map<ConnectionId, YjsGuest>();
  /** Those of them who were welcomed. */
  readonly #joined = new Set<ConnectionId>();
  readonly #updates: FrameCache = new WeakMap();
  readonly #steps2: FrameCache = new WeakMap();

  constructor(kind: YjsKind) {
    this.#kind = kind;
  }

  /** Before it joins. */
  admit(guest: YjsGuest): void {
    this.#guests.set(guest.connectionId, guest);
  }

  dismiss(connectionId: ConnectionId): void {
    this.#guests.delete(connectionId);
    this.#joined.delete(connectionId);
  }

  encode(notice: Notice): Uint8Array | undefined {
    switch (notice.type) {
      case 'fact': {
        const update = this.#updateIn(notice);
        return update === undefined ? undefined : frameUpdate(update);
      }
      case 'transient':
        return undefined;
      case 'presence':
        return this.#moved(notice.change, notice.presence);
      case 'welcome':
        return this.#welcome(notice);
      case 'resync':
        for (const guest of this.#guests.values()) guest.resync();
        return undefined;
      default:
        return unreachable(notice);
    }
  }

  /** The protocol has no acknowledgement, and nobody needs an own update back. */
  encodeOwn(): undefined {
    return undefined;
  }

  /** Texts are opaque to the server: only clients and the compactor's thread merge what nobody has integrated. */
  encodeMerged(notices: readonly FactNotice[]): Uint8Array | undefined {
    if (this.#kind === 'text') return undefined;
    const updates = notices.flatMap((notice) => this.#updateIn(notice) ?? []);
    return Buffer.concat(UpdateRun.merge(updates).map(frameUpdate));
  }

  /** What a client lacks, the last of it as step 2. Many who come at once get the same bytes, made once. */
  frameDifference(updates: readonly Uint8Array[]): Uint8Array[] {
    const last = updates.length - 1;
    return updates.map((update, at) =>
      at === last
        ? frameOnce(update, this.#steps2, frameStep2)
        : frameOnce(update, this.#updates, frameUpdate),
    );
  }

  #welcome({ connectionId, presence }: WelcomeNotice): Uint8Array {
    // As long as nobody listened at this door, it was not told who moved or left.
    if (this.#joined.size === 0) this.awareness.keepOnly(new Set(presence.map((one) => one.connectionId)));
    if (this.#guests.has(connectionId)) this.#joined.add(connectionId);
    for (const one of presence) this.awareness.show(one.connectionId, entriesOf(one));
    // Also where nobody is there: it is the first thing that a client hears.
    return frameAwareness(this.awareness.all());
  }

  #updateIn({ fact }: FactNotice): Uint8Array | undefined {
    const update = UPDATE_OF[this.#kind](fact);
    return update === undefined || isEmptyUpdate(update) ? undefined : update;
  }

  #moved(change: 'joined' | 'updated' | 'left', presence: Presence): Uint8Array | undefined {
    const { connectionId } = presence;
    const told = this.awareness.show(connectionId, change === 'left' ? [] : entriesOf(presence));
    return told.length === 0 ? undefined : frameAwareness(told);
  }
}

/** By the convention of all doors `data` of a presence is an awareness update in base64. */
function entriesOf({ data }: Presence): readonly AwarenessEntry[] {
  const text = data['data'];
  const bytes = typeof text === 'string' ? decodeBase64(text) : undefined;
  if (bytes === undefined) return [];
  try {
    return decodeAwareness(bytes);
  } catch (error) {
    // Other doors do not look into it: another client's rubbish is not shown to ours.
    if (error instanceof BadAwareness) return [];
    throw error;
  }
}

function frameOnce(
  update: Uint8Array,
  cache: FrameCache,
  frame: (update: Uint8Array) => Uint8Array,
): Uint8Array {
  if (update.length < WORTH_KEEPING_BYTES) return frame(update);
  const made = cache.get(update) ?? frame(update);
  cache.set(update, made);
  return made;
}
