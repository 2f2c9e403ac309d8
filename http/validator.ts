import type { Ajv, ErrorObject } from 'ajv';
import type { Request, RequestHandler, Response } from 'express';
import { middleware } from 'express-openapi-validator';
import { RequestValidator } from 'express-openapi-validator/dist/middlewares/openapi.request.validator.js';
import { ContentType } from 'express-openapi-validator/dist/middlewares/util.js';
import { type Contract, isJson, type Operation, type Parameter } from './contract.ts';
import { contractForValidator } from './contract-copy.ts';
import { contextOf } from './request-context.ts';
import { validationProblem } from './validation-errors.ts';

/**
 * Up to this size every error of a body is looked for; of a larger one only the first. A body of 1 MB made of nothing
 * but errors would otherwise cost a hundred megabytes to describe.
 */
const EXPLAINED_BODY_BYTES = 16 * 1024;

/** What the library reads of a request; ours is found by our own routing. */
interface ValidatedRequest extends Request {
  openapi?: {
    readonly expressRoute: string;
    readonly openApiRoute: string;
    readonly pathParams: Readonly<Record<string, string>>;
    readonly schema: unknown;
    readonly serial: number;
    readonly _responseSchema?: unknown;
  };
}

type ApiDocument = ConstructorParameters<typeof RequestValidator>[0];
type Paths = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** What the library makes of the contract. */
interface Prepared {
  readonly apiDoc: ApiDocument;
  readonly serial: number;
  readonly responses: { readonly paths: Paths } | null;
}

/** The inside of the library, at exactly the version that package.json pins; tests fail where it changes. */
interface Library {
  readonly ajvOpts: { readonly request: object; baseOptions(): object };
  metadataMiddleware(context: Omit<Prepared, 'responses'>, responses: Prepared['responses']): RequestHandler;
}
interface LibraryValidator {
  readonly ajv: Ajv;
  readonly ajvBody: Ajv;
  buildMiddleware(path: string, schema: unknown, type: ContentType, key: string): RequestHandler;
}

/**
 * Validates requests with one function per operation (and, where the body may be left out, one without it), compiled
 * once. The library's own lookup compiles one for every distinct Content-Type and keeps it: a way to use up the memory. It also compiles every path's pattern anew at each request (its PR #1217).
 */
class OperationValidators {
  readonly #validator: LibraryValidator;
  readonly #paths: Paths;
  readonly #compiled = new Map<string, RequestHandler>();
  /** Errors of the request that is being validated: the library makes a text of them, just before it throws. */
  #errors: readonly ErrorObject[] | undefined;

  constructor(apiDoc: ApiDocument, options: object) {
    this.#validator = new RequestValidator(apiDoc, options) as unknown as LibraryValidator;
    this.#paths = apiDoc.paths as unknown as Paths;
    this.#validator.ajv.errorsText = (errors) => {
      this.#errors = errors ?? [];
      return '';
    };
  }

  /** The function for bodies of this type; `undefined`: for requests without one. */
  compiled(operation: Operation, type: string | undefined): RequestHandler {
    const key = type === undefined ? operation.name : `${operation.name} ${type}`;
    let run = this.#compiled.get(key);
    if (!run) {
      const { template, method } = operation;
      const schema = this.#paths[template]?.[method];
      const headers = type === undefined ? {} : { 'content-type': type };
      run = this.#validator.buildMiddleware(template, schema, ContentType.from({ headers } as Request), key);
      this.#compiled.set(key, run);
    }
    return run;
  }

  /** Throws a Problem where the request breaks the contract. `requestBody` left only declared types in the header. */
  readonly validate: RequestHandler = (req, res, next) => {
    const { operation } = contextOf(req);
    if (!operation) return next();
    const type = isJson(operation) ? req.headers['content-type'] : undefined;
    const run = this.compiled(operation, type);
    this.#errors = undefined;
    try {
      return run(req, res, next);
    } catch (error) {
      if (this.#errors === undefined) throw error;
      throw validationProblem(this.#validator.ajvBody, this.#errors);
    }
  };
}

/** What the library unfolds of a query at each request: lists and objects. Costs 20 µs even where there are none. */
const isFolded = ({ types }: Parameter): boolean =>
  types.some((type) => type === 'array' || type === 'object');
const NOTHING_FOLDED = { parameters: [] };

/** The type of the bodies that are validated here. */
const bodyTypeOf = (operation: Operation): string | undefined =>
  isJson(operation) ? operation.body?.mediaTypes[0] : undefined;

/**
 * Compiling takes tens of milliseconds. A request compiles what it needs and nobody has needed before; the rest is done
 * beforehand, but with the loop free most of the time: one that starts may be busy at once, or be gone soon, as in tests.
 */
const WARM_UP_PAUSE_MS = 100;

function warmUp(
  validators: OperationValidators,
  operations: readonly Operation[],
  stopping: () => boolean,
): void {
  const [next, ...rest] = operations;
  if (next === undefined) return;
  setTimeout(() => {
    if (stopping()) return;
    validators.compiled(next, bodyTypeOf(next));
    warmUp(validators, rest, stopping);
  }, WARM_UP_PAUSE_MS).unref();
}

function requestValidator(
  library: Library,
  operations: readonly Operation[],
  { apiDoc, serial, responses }: Prepared,
  stopping: (() => boolean) | undefined,
): RequestHandler {
  const options = { ...library.ajvOpts.request, verbose: true };
  const thorough = new OperationValidators(apiDoc, options);
  if (stopping !== undefined) warmUp(thorough, operations, stopping);
  const brief = new OperationValidators(apiDoc, { ...options, allErrors: false });
  const paths = apiDoc.paths as unknown as Paths;
  return (req: ValidatedRequest, res, next) => {
    const { operation, path } = contextOf(req);
    if (!operation) return next();
    const { template, method, parameters } = operation;
    req.openapi = {
      expressRoute: template,
      openApiRoute: template,
      pathParams: path,
      schema: parameters.some(isFolded) ? paths[template]?.[method] : NOTHING_FOLDED,
      serial,
      ...(responses && { _responseSchema: responses.paths[template]?.[method] }),
    };
    // A body in chunks does not say how long it is.
    const length = req.body === undefined ? 0 : Number(req.headers['content-length']);
    (length <= EXPLAINED_BODY_BYTES ? thorough : brief).validate(req, res, next);
  };
}

/**
 * Validates requests, and in development and tests answers too, against the contract: express-openapi-validator with
 * its known defects cured. Comes after `routing` and `requestBody`. The library reads the contract asynchronously: `onBroken`
 * is told where it cannot, and every request fails then. With `stopping` it compiles beforehand, until that is true.
 */
export function contractValidator(
  contract: Pick<Contract, 'document' | 'operations'>,
  validateResponses: boolean,
  onBroken: (error: unknown) => void,
  stopping: (() => boolean) | undefined,
): RequestHandler[] {
  const stages = middleware({
    apiSpec: contractForValidator(contract.document) as never,
    validateRequests: { allErrors: true, discriminator: true },
    validateResponses,
    validateSecurity: false,
    // `make check` lints it; doing it again would be a third of a second of every start.
    validateApiSpec: false,
    ajvFormats: { mode: 'full' },
    fileUploader: false,
  }) as RequestHandler[];
  const library = (middleware as unknown as { _oav: Library })._oav;
  const options = library.ajvOpts.baseOptions();
  // `[x, y, pressure?]` is a tuple whose end may be missing, which JSON Schema allows and Ajv's strict mode does not.
  library.ajvOpts.baseOptions = () => ({ ...options, strictTuples: false });

  const stage = (name: string): RequestHandler | undefined => stages.find((found) => found.name === name);
  let validate: RequestHandler | undefined;
  const ready = new Promise<RequestHandler>((resolve, reject) => {
    library.metadataMiddleware = (context, responses) => {
      validate = requestValidator(library, contract.operations, { ...context, responses }, stopping);
      resolve(validate);
      return (_req, _res, next) => next();
    };
    const request = { app: { param: () => undefined } } as unknown as Request;
    const response = {} as Response;
    // The first stage waits for the contract and gives an error on; the second is given what was made of it.
    stage('pathParamsMiddleware')?.(request, response, (error) => {
      if (error) reject(error);
      else stage('metadataMiddleware')?.(request, response, (failure) => failure && reject(failure));
    });
  });
  ready.catch(onBroken);

  const request: RequestHandler = (req, res, next) => {
    // Once there is a validator, a request does not wait for a turn.
    if (validate) return validate(req, res, next);
    return void ready.then((made) => made(req, res, next)).catch(next);
  };
  const response = stage('responseMiddleware');
  return response ? [request, response] : [request];
}
