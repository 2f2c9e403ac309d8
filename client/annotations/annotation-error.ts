/** `invalid`: a field breaks the rules of annotations. `not_found`: there is no such annotation (any more). */
export type AnnotationErrorCode = 'invalid' | 'not_found';

/** A primitive was refused; the document is as it was. */
export class AnnotationError extends Error {
  override readonly name = 'AnnotationError';
  readonly code: AnnotationErrorCode;
  /** Which field, such as `/geometry/x`; empty where it is about no field. */
  readonly path: string;

  constructor(code: AnnotationErrorCode, message: string, path = '') {
    super(path === '' ? message : `${path} ${message}`);
    this.code = code;
    this.path = path;
  }
}

export const invalid = (path: string, message: string): AnnotationError =>
  new AnnotationError('invalid', message, path);

export const notFound = (id: string): AnnotationError =>
  new AnnotationError('not_found', `There is no annotation ${id}.`);
