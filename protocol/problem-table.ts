/**
 * The one table of errors. A row per code: HTTP status, WebSocket close code (where the error ends a socket),
 * title, and whether the same request may succeed later without a change. `docs/ERRORS.md` and the spec are
 * kept equal to this table by a test.
 */
export interface ProblemRow {
  readonly status: number;
  readonly title: string;
  /** Close code of a socket that this error ends; absent where a socket stays open. */
  readonly close?: number;
  /** `true`: the same request may succeed later. */
  readonly retry: boolean;
  /** One sentence for docs/ERRORS.md. */
  readonly meaning: string;
}

const rows = {
  malformed_request: {
    status: 400,
    title: 'Malformed request',
    retry: false,
    meaning: 'The request cannot be parsed: broken JSON, a broken percent-encoding, broken multipart.',
  },
  unauthorized: {
    status: 401,
    title: 'Unauthorized',
    close: 4401,
    retry: false,
    meaning: 'A token is missing, expired or not ours. A socket is closed when its session expires.',
  },
  forbidden: {
    status: 403,
    title: 'Forbidden',
    retry: false,
    meaning: 'The caller is known but may not do this; also a WebSocket from a foreign origin.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    close: 4404,
    retry: false,
    meaning: 'There is no such thing, or it is deleted. A socket is closed when its document is deleted.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    retry: false,
    meaning: 'The path exists, the method does not; `Allow` lists those that do.',
  },
  request_timeout: {
    status: 408,
    title: 'Request timeout',
    retry: true,
    meaning: 'The request did not arrive completely in time; the connection is closed.',
  },
  version_conflict: {
    status: 409,
    title: 'Version conflict',
    retry: false,
    meaning: 'The change was made against an old version; `current_version` tells the present one.',
  },
  tag_taken: {
    status: 409,
    title: 'Tag taken',
    retry: false,
    meaning: 'Another version of the document already has this tag.',
  },
  slug_taken: {
    status: 409,
    title: 'Slug taken',
    retry: false,
    meaning: 'Another canvas already has this slug.',
  },
  state_gone: {
    status: 410,
    title: 'State gone',
    retry: false,
    meaning: 'The state at that seq is no longer kept and no version pins it.',
  },
  too_large: {
    status: 413,
    title: 'Content too large',
    close: 1009,
    retry: false,
    meaning: 'The body, frame or upload is over the limit of its door.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    retry: false,
    meaning: 'The operation does not take this Content-Type or Content-Encoding.',
  },
  invalid: {
    status: 422,
    title: 'Validation failed',
    retry: false,
    meaning:
      'The request is well formed but breaks the contract; `errors` names each field. 400 under /api/v1.',
  },
  image_too_large: {
    status: 422,
    title: 'Image too large',
    retry: false,
    meaning: 'The image, or the picture to be made of it, has more bytes or pixels than allowed.',
  },
  image_unsupported: {
    status: 422,
    title: 'Image not supported',
    retry: false,
    meaning: 'The bytes are not an image of a kind that can be read (PNG or JPEG).',
  },
  image_corrupt: {
    status: 422,
    title: 'Image corrupt',
    retry: false,
    meaning: 'The image begins well but is broken or cut off.',
  },
  image_fetch_refused: {
    status: 422,
    title: 'Image address refused',
    retry: false,
    meaning: 'The image address is not public, is not http(s), or leads to one that is not.',
  },
  headers_too_large: {
    status: 431,
    title: 'Headers too large',
    retry: false,
    meaning: 'Request line and headers are over 16 KB together; the connection is closed.',
  },
  image_fetch_failed: {
    status: 502,
    title: 'Image could not be fetched',
    retry: true,
    meaning: 'The server of the image did not answer, answered an error, or took too long.',
  },
  upgrade_required: {
    status: 426,
    title: 'Upgrade required',
    retry: false,
    meaning: 'The WebSocket version is not 13; `Sec-WebSocket-Version` tells it.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    close: 1013,
    retry: true,
    meaning: 'More than allowed in a short time; `Retry-After` says when to try again.',
  },
  internal: {
    status: 500,
    title: 'Internal error',
    close: 1011,
    retry: true,
    meaning: 'A defect of the server. Details are in its log under the request id, never in the answer.',
  },
  overloaded: {
    status: 503,
    title: 'Overloaded',
    close: 1013,
    retry: true,
    meaning: 'Too many requests wait for this document. Nothing was changed.',
  },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    close: 1013,
    retry: true,
    meaning:
      'The document or its store did not answer in time, or the server is stopping. The change may or may not have happened; repeat it with the same Idempotency-Key.',
  },
  render_timeout: {
    status: 503,
    title: 'Rendering took too long',
    retry: true,
    meaning: 'The picture was not finished within its time and was given up.',
  },
  render_failed: {
    status: 500,
    title: 'Rendering failed',
    retry: true,
    meaning: 'The renderer failed in a way it does not know.',
  },
  slow_reader: {
    status: 503,
    title: 'Reader too slow',
    close: 1013,
    retry: true,
    meaning: 'More than its budget waited on a socket. Come back with the last seq that was seen.',
  },
  bad_json: {
    status: 400,
    title: 'Frame is not JSON',
    retry: false,
    meaning: 'A text frame could not be parsed.',
  },
  bad_message: {
    status: 422,
    title: 'Message not understood',
    retry: false,
    meaning: 'A frame is JSON but no message of this door; `message` names the field.',
  },
  bad_update: {
    status: 422,
    title: 'Update cannot be applied',
    retry: false,
    meaning: 'The bytes are no update of the CRDT that the document is made of. Nothing was applied.',
  },
  missing_updates: {
    status: 409,
    title: 'Updates are missing',
    retry: false,
    meaning:
      'The update builds on others that the document does not have; `stateVector` says what it has. Nothing was applied.',
  },
  quarantined: {
    status: 422,
    title: 'Entries do not validate',
    retry: false,
    meaning:
      'An update was applied, but `entries` of it break the contract: no other door shows them until they are mended.',
  },
  not_joined: {
    status: 409,
    title: 'Not joined',
    retry: false,
    meaning: 'The socket has not said `join` yet.',
  },
  out_of_bounds: {
    status: 422,
    title: 'Outside the canvas',
    retry: false,
    meaning: 'A pixel lies outside the canvas; `at` names the first one. None was painted.',
  },
  bad_color: {
    status: 422,
    title: 'No such colour',
    retry: false,
    meaning: 'A pixel has a colour that is not in the palette; `at` names the first one. None was painted.',
  },
  locked: {
    status: 423,
    title: 'Locked',
    retry: false,
    meaning: 'A pixel lies in a region that a moderator locked; `at` names the first one. None was painted.',
  },
  read_only: {
    status: 403,
    title: 'Read only',
    retry: false,
    meaning: 'Without a session one may watch but not paint; an archived canvas nobody may paint.',
  },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof rows;

export const PROBLEM_TABLE: Readonly<Record<ProblemCode, ProblemRow>> = rows;
