import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Contract, OperationName } from './contract.ts';
import { contextOf } from './request-context.ts';
import type { Handlers, RawBody } from './typed-handlers.ts';

/** A handler without the types that its name gives it: the contract was checked against them when it was compiled. */
type AnyHandler = (call: object) => AnyReply | Promise<AnyReply>;
interface AnyReply {
  readonly status: number;
  readonly type?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Target {
  readonly handler: AnyHandler;
  /** Parameter name as the contract writes it, and as Node gives it. */
  readonly headers: readonly (readonly [string, string])[];
}

function targets(contract: Pick<Contract, 'operations'>, handlers: Handlers): Map<OperationName, Target> {
  const found = new Map<OperationName, Target>();
  for (const { name, parameters } of contract.operations) {
    if (!Object.hasOwn(handlers, name))
      throw new Error(`openapi.yaml has an operation without a handler: ${name}`);
    const headers = parameters
      .filter((p) => p.in === 'header')
      .map((p) => [p.name, p.name.toLowerCase()] as const);
    found.set(name, { handler: handlers[name] as unknown as AnyHandler, headers });
  }
  const extra = Object.keys(handlers).filter((name) => !found.has(name as OperationName));
  if (extra.length > 0) throw new Error(`handlers without an operation in openapi.yaml: ${extra.join(', ')}`);
  return found;
}

/** As `res.json` does, without looking up what is known here: a tenth of a small request's time. */
function sendJson(body: unknown, res: Response): void {
  const text = JSON.stringify(body);
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(text);
}

async function sendRaw(body: RawBody, type: string, req: Request, res: Response): Promise<void> {
  // As the contract writes it; Express would complete a type with the charset of its choice.
  res.setHeader('Content-Type', type.startsWith('text/') ? `${type}; charset=utf-8` : type);
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    res.setHeader('Content-Length', bytes.length);
    res.end(bytes);
    return;
  }
  res.setHeader('Content-Length', body.bytes);
  if (req.method === 'HEAD') {
    body.stream.destroy();
    res.end();
    return;
  }
  // Destroys the source where the caller goes away, so that no file stays open.
  await pipeline(body.stream, res).catch((error: unknown) => {
    if (!res.closed && !res.destroyed) throw error;
  });
}

/**
 * Mounts every operation of the contract: the routing found which one, this calls its handler and sends the reply.
 * `validateResponses`: JSON goes through `res.json`, where the validator waits for it. Throws at start where contract and
 * handlers do not fit.
 */
export function dispatch(
  contract: Pick<Contract, 'operations'>,
  handlers: Handlers,
  validateResponses: boolean,
): RequestHandler {
  const byName = targets(contract, handlers);
  return async (req, res) => {
    const { operation, path } = contextOf(req);
    const target = operation && byName.get(operation.name);
    if (!target) throw new TypeError('dispatch comes after routing');
    const headers: Record<string, unknown> = {};
    for (const [name, given] of target.headers) {
      if (req.headers[given] !== undefined) headers[name] = req.headers[given];
    }
    const reply = await target.handler({ path, query: req.query, headers, body: req.body, request: req });
    res.statusCode = reply.status;
    for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
    if (reply.body === undefined) res.end();
    else if (reply.type !== undefined) await sendRaw(reply.body as RawBody, reply.type, req, res);
    else if (validateResponses) res.json(reply.body);
    else sendJson(reply.body, res);
  };
}
