import { PROBLEM_TABLE, type ProblemCode } from './problem-table.ts';

/** One field that breaks the contract: `path` is where (`/body/geometry/width`), `message` what is expected. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

export interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  /** Members added to the problem body, such as `current_version`. */
  readonly extra?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/**
 * An error that the caller is told about. Everything else that is thrown is a defect: it becomes `internal` once,
 * at the edge, with a log line.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[] | undefined;
  readonly extra: Readonly<Record<string, string | number>> | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.errors = options.errors;
    this.extra = options.extra;
    this.headers = options.headers;
  }

  /** HTTP status of this problem at every door but `/api/v1`, where `invalid` is 400. */
  get status(): number {
    return PROBLEM_TABLE[this.code].status;
  }

  get title(): string {
    return PROBLEM_TABLE[this.code].title;
  }

  static invalid(path: string, message: string): Problem {
    return new Problem('invalid', `${path} ${message}`, { errors: [{ path, message }] });
  }

  static notFound(what: string, id: string): Problem {
    return new Problem('not_found', `There is no ${what} ${id}.`);
  }
}
