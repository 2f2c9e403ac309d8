import { MESSAGE_RATE, type MessageRateLimits } from './message-rate.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What one server and its sockets may take. */
export interface SocketLimits {
  /** Open sockets and handshakes under way together. */
  readonly sockets: number;
  /** Live bytes that wait in one socket before its reader is too slow. */
  readonly backlogBytes: number;
  /** Live bytes that wait before moves of cursors are dropped. */
  readonly droppableBytes: number;
  /** All bytes that wait in one socket, a replay too: the bound of its memory. */
  readonly waitingBytes: number;
  readonly messageRate: MessageRateLimits;
  /** From our close frame to the end of the connection, where the other side does not answer it. */
  readonly closeTimeoutMs: number;
}

/** Sockets: about 20 KB each in Node, so 400 MB. Backlog: contract chapter 6. */
export const SOCKET_LIMITS: SocketLimits = {
  sockets: 20_000,
  backlogBytes: MIB,
  droppableBytes: MIB / 2,
  waitingBytes: 64 * MIB,
  messageRate: MESSAGE_RATE,
  closeTimeoutMs: 5_000,
};
