import { isUtf8 } from 'node:buffer';
import type { Request, RequestHandler } from 'express';
import { Problem } from '../protocol/problem.ts';
import { findOffence } from './body-check.ts';
import type { Operation, OperationName } from './contract.ts';
import { readBody } from './read-body.ts';
import { contextOf } from './request-context.ts';

const MIB = 1024 * 1024;
/** Of a JSON body, decompressed. */
export const MAX_BODY_BYTES = MIB;
/** Of one that may carry a picture as a `data:` URL. */
export const MAX_IMAGE_BODY_BYTES = 30 * MIB;

const WITH_IMAGE: ReadonlySet<OperationName> = new Set(['createDocument', 'updateDocument']);

/** Largest body that an operation reads, in bytes after decompression. */
export const bodyLimit = (operation: OperationName): number =>
  WITH_IMAGE.has(operation) ? MAX_IMAGE_BODY_BYTES : MAX_BODY_BYTES;

const hasBody = (req: Request): boolean =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

/**
 * Lets through only a Content-Type that the operation declares, and leaves nothing of it but the bare type. The
 * validator compiles and keeps a function for every distinct value (15 ms and 0.2 MB each): unchecked, the header
 * would be a way to use up the memory. An operation without a body ignores one.
 */
function checkContentType(req: Request, operation: Operation): 'read' | 'ignore' {
  const { body } = operation;
  const given = req.headers['content-type'];
  delete req.headers['content-type'];
  if (!body) return 'ignore';
  if (!hasBody(req)) {
    if (body.required) throw Problem.invalid('/body', 'is required');
    return 'ignore';
  }
  const [type = '', ...parameters] = (given ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (!body.mediaTypes.includes(type)) {
    throw new Problem('unsupported_media_type', `The body must be ${body.mediaTypes.join(' or ')}.`);
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw new Problem('unsupported_media_type', 'The charset must be utf-8.');
  }
  req.headers['content-type'] = type;
  return 'read';
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Throws a Problem where the bytes are no JSON text in UTF-8. An empty body is an empty object, as in Express. */
function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new Problem('malformed_request', 'The body is not UTF-8.');
  if (bytes.length === 0) return {};
  const text = bytes.toString('utf8', bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('malformed_request', 'The body is not JSON.', { cause: error });
  }
}

/** Reads the JSON body of an operation that has one, and refuses text and numbers that no operation can mean. */
export const jsonBody: RequestHandler = (req, _res, next) => {
  const { operation } = contextOf(req);
  if (!operation) throw new TypeError('the body is read after routing');
  if (checkContentType(req, operation) === 'ignore') return next();
  readBody(req, bodyLimit(operation.name), (problem, bytes) => {
    if (problem) return next(problem);
    try {
      req.body = parseJson(bytes);
      // Decoded UTF-8 has no lone surrogates: only an escape can make one.
      const offence = findOffence(req.body, bytes.includes('\\u'));
      next(offence && Problem.invalid(offence.path, offence.message));
    } catch (error) {
      next(error);
    }
  });
};
