import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '../../protocol/problem.ts';
import { typeOf } from '../problem-response.ts';

/** An answer is read within this time, or not at all. */
const LINGER_MS = 2_000;

/** A handshake that is answered with plain HTTP. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(problem: Problem, headers: Readonly<Record<string, string>> = {}) {
    super(problem.message);
    this.problem = problem;
    this.headers = { ...problem.headers, ...headers };
  }
}

/** Answers `application/problem+json` on the bare socket and ends it. */
export function refuse(socket: Socket, refusal: Refusal, requestId: string): void {
  const { problem } = refusal;
  const { status } = problem;
  const body = JSON.stringify({
    type: typeOf(problem.code),
    title: problem.title,
    status,
    code: problem.code,
    detail: problem.message,
    request_id: requestId,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
    ...problem.extra,
  });
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': requestId,
    Connection: 'close',
    ...refusal.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // What still arrives is read and thrown away: closing a socket with unread bytes resets it, and the answer is lost.
  socket.resume();
  const linger = setTimeout(() => socket.destroy(), LINGER_MS);
  linger.unref();
  socket.once('close', () => clearTimeout(linger));
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
