import { ROOM_LIMITS, type UpdateLimits } from './room-limits.ts';
import { TEXT_LIMITS } from './text-limits.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What the y-websocket door takes, by kind of document. */
export interface YjsLimits {
  readonly annotation: UpdateLimits;
  readonly text: UpdateLimits;
}

/**
 * As the other doors of these documents; what a client did offline comes in one piece, as a snapshot would. An update of a
 * text is only read, and not merged, in everybody's time: some 25 ms for each MiB.
 */
export const YJS_LIMITS: YjsLimits = {
  annotation: ROOM_LIMITS,
  text: {
    updateBytes: TEXT_LIMITS.snapshotBytes,
    bytesPerSecond: 2 * MIB,
    unackedBytes: TEXT_LIMITS.unackedBytes,
  },
};

/** An update that is a little too large is refused for good; what is far beyond is not read. */
const TOLERANCE = 1.25;
/**
 * Of one awareness update; a larger one is refused before anything in it is parsed. A client sends on what it hears of
 * others, so it is far more than it may say for itself.
 */
export const MAX_AWARENESS_UPDATE_BYTES = 256 * KIB;
/** All of a message but its update; an awareness update always fits. */
const ENVELOPE_BYTES = MAX_AWARENESS_UPDATE_BYTES + KIB;

/** Bytes of the largest message that is read. */
export const maxYjsPayload = ({ annotation, text }: YjsLimits): number =>
  Math.ceil(Math.max(annotation.updateBytes, text.updateBytes) * TOLERANCE) + ENVELOPE_BYTES;

/** Clients that one socket may speak for: a tab has one, a relay a few. */
export const MAX_AWARENESS_CLIENTS = 16;
/** Of the JSON of one client: a name, a colour, a selection. */
export const MAX_AWARENESS_STATE_BYTES = 16 * KIB;
/** Of all clients of one socket together: whoever joins is told of them. */
export const MAX_AWARENESS_BYTES = 64 * KIB;
/** A vector has an entry for every tab that ever wrote; whoever sends a longer one gets the whole state instead. */
export const MAX_VECTOR_BYTES = 256 * KIB;

/** Questions whose answer may be a whole document: a client asks when it comes, or every few seconds. */
export const QUESTION_RATE = { perSecond: 2, burst: 20, refusals: Number.POSITIVE_INFINITY };
