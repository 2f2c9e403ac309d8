import type { RequestHandler } from 'express';
import { takeContentType } from './content-type.ts';
import { isJson } from './contract.ts';
import { ImageUpload, type UploadLimits, UploadRoom } from './image-upload.ts';
import { readJson } from './json-body.ts';
import { contextOf } from './request-context.ts';

/**
 * Reads the body of an operation that has one. An image is left where it is until the operation asks for it: first
 * everything else about the request is checked.
 */
export function requestBody(limits: UploadLimits): RequestHandler {
  const room = new UploadRoom(limits.bytesAtOnce);
  return (req, res, next) => {
    const { operation } = contextOf(req);
    if (!operation) throw new TypeError('the body is read after routing');
    const contentType = takeContentType(req, operation);
    if (contentType === undefined) return next();
    if (isJson(operation)) return readJson(req, operation.name, next);
    req.body = new ImageUpload(req, res, contentType, room, limits.silenceMs);
    next();
  };
}
