const MIB = 1024 * 1024;

/** What the text door takes. */
export interface TextLimits {
  /** Of one update, in bytes. */
  readonly deltaBytes: number;
  /** Of one snapshot, in bytes. */
  readonly snapshotBytes: number;
  /** Of updates and snapshots of one socket that are not yet on disk: beyond it the client goes too fast. */
  readonly unackedBytes: number;
  /** A socket that says nothing for so long is closed, in ms. */
  readonly idleMs: number;
}

/** Contract, chapter 6; unacked: an update of the largest size each 50 ms while the disk takes a second. */
export const TEXT_LIMITS: TextLimits = {
  deltaBytes: MIB,
  snapshotBytes: 10 * MIB,
  unackedBytes: 20 * MIB,
  idleMs: 120_000,
};

/** All of a message but its bytes in base64. */
const ENVELOPE_BYTES = 64 * 1024;
/** A snapshot that is a little too large is answered; what is far beyond is not read. */
const TOLERANCE = 1.25;

/** Bytes of the largest frame that is read. */
export const maxTextPayload = ({ deltaBytes, snapshotBytes }: TextLimits): number =>
  Math.ceil((Math.max(deltaBytes, snapshotBytes) / 3) * 4 * TOLERANCE) + ENVELOPE_BYTES;
