import { isUtf8 } from 'node:buffer';
import type { Request } from 'express';
import { Problem } from '../protocol/problem.ts';
import { findOffence } from './body-check.ts';
import type { OperationName } from './contract.ts';
import { readBody } from './read-body.ts';

const MIB = 1024 * 1024;
/** Of a JSON body, decompressed. */
export const MAX_BODY_BYTES = MIB;
/** Of one that may carry a picture as a `data:` URL. */
export const MAX_IMAGE_BODY_BYTES = 30 * MIB;

const WITH_IMAGE: ReadonlySet<OperationName> = new Set([
  'createDocument',
  'updateDocument',
  'createRoom',
  'updateRoom',
]);

/** Largest body that an operation reads, in bytes after decompression. */
export const bodyLimit = (operation: OperationName): number =>
  WITH_IMAGE.has(operation) ? MAX_IMAGE_BODY_BYTES : MAX_BODY_BYTES;

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

/**
 * Reads a JSON body, and refuses text and numbers that no operation can mean.
 *
 * @param next called once the request has its body, or with what is wrong
 */
export function readJson(req: Request, operation: OperationName, next: (problem?: unknown) => void): void {
  readBody(req, bodyLimit(operation), (problem, bytes) => {
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
}
