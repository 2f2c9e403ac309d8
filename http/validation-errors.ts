import type { Ajv, ErrorObject } from 'ajv';
import { type FieldError, Problem } from '../protocol/problem.ts';

/** A name that the contract does not know says more against a branch than a missing one: the caller meant another. */
const UNKNOWN_NAME_COST = 3;
/** Choices in choices; the contract has two. Ends the descent into a hostile schema. */
const MAX_CHOICES = 8;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Where the caller must look: for a missing or an unknown property that property itself. */
function pathOf(error: ErrorObject): string {
  const { missingProperty, additionalProperty, unevaluatedProperty, tag } = error.params;
  const name =
    missingProperty ??
    additionalProperty ??
    unevaluatedProperty ??
    (error.keyword === 'discriminator' ? tag : undefined);
  const at = error.instancePath;
  return typeof name === 'string' ? `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` : at || '/';
}

function messageOf(ajv: Ajv, error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is unknown here';
    case 'const':
      return `must be ${text(params['allowedValue'])}`;
    case 'enum':
      return `must be one of ${list(params['allowedValues']).map(text).join(', ')}`;
    case 'type':
      return `must be ${list(params['type']).length > 0 ? list(params['type']).join(' or ') : text(params['type'])}`;
    case 'format':
      return `must be a ${text(params['format'])}`;
    case 'pattern':
      return `must match ${text(params['pattern'])}`;
    case 'minProperties':
      return 'must not be empty';
    case 'discriminator':
      return `must be one of ${tagsOf(ajv, error).join(', ')}`;
    default:
      return error.message ?? 'is invalid';
  }
}

/** The values that a discriminator knows, read from its branches. */
function tagsOf(ajv: Ajv, error: ErrorObject): string[] {
  const tag = text(error.params['tag']);
  return list(error.parentSchema?.['oneOf']).flatMap((branch) => {
    const reference: unknown = Reflect.get(Object(branch), '$ref');
    const schema: unknown = typeof reference === 'string' ? ajv.getSchema(reference)?.schema : branch;
    const properties: unknown = Reflect.get(Object(schema), 'properties');
    const constant: unknown = Reflect.get(Object(Reflect.get(Object(properties), tag)), 'const');
    return typeof constant === 'string' ? [constant] : [];
  });
}

const isChoice = (error: ErrorObject): boolean => error.keyword === 'oneOf' || error.keyword === 'anyOf';

const isWithin = (error: ErrorObject, path: string): boolean =>
  error.instancePath === path || error.instancePath.startsWith(`${path}/`);

const cost = (errors: readonly ErrorObject[]): number =>
  errors.reduce((sum, error) => sum + (error.keyword === 'additionalProperties' ? UNKNOWN_NAME_COST : 1), 0);

/** The errors of the branch that the value comes nearest to; `undefined` where it is not known by name. */
function nearestBranch(ajv: Ajv, choice: ErrorObject): ErrorObject[] | undefined {
  let nearest: ErrorObject[] | undefined;
  for (const branch of list(choice.schema)) {
    const reference: unknown = Reflect.get(Object(branch), '$ref');
    const validate = typeof reference === 'string' ? ajv.getSchema(reference) : undefined;
    if (!validate || validate(choice.data)) continue;
    const errors = (validate.errors ?? []).map((error) => ({
      ...error,
      instancePath: choice.instancePath + error.instancePath,
    }));
    if (!nearest || cost(errors) < cost(nearest)) nearest = errors;
  }
  return nearest;
}

/** A choice between types without a name: one error that tells them all. */
function either(ajv: Ajv, choice: ErrorObject, inside: readonly ErrorObject[]): ErrorObject[] {
  const own = inside.filter((error) => error.instancePath === choice.instancePath && !isChoice(error));
  if (own.length === 0) return [...inside];
  return [{ ...choice, keyword: 'either', message: own.map((error) => messageOf(ajv, error)).join(' or ') }];
}

/** Puts the errors of one branch in the place of those of all branches. */
function settleChoices(ajv: Ajv, errors: readonly ErrorObject[], depth = 0): ErrorObject[] {
  const choice = errors.findLast(isChoice);
  if (!choice || depth >= MAX_CHOICES) return errors.filter((error) => !isChoice(error));
  const others = errors.filter((error) => error !== choice && !isWithin(error, choice.instancePath));
  const inside = errors.filter((error) => error !== choice && isWithin(error, choice.instancePath));
  const branch = nearestBranch(ajv, choice) ?? either(ajv, choice, inside);
  return [...settleChoices(ajv, others, depth + 1), ...settleChoices(ajv, branch, depth + 1)];
}

/** `null` beside a real type is said by the other branch's error already. */
const isNullBranch = (error: ErrorObject): boolean =>
  error.keyword === 'type' && error.params['type'] === 'null';

/**
 * Makes the problem of a request that breaks the contract from the validator's raw errors: one per field, and of a
 * choice (`oneOf`, `anyOf`) only those of the branch that was meant. A path parameter that breaks it names nothing
 * that exists: `not_found`.
 */
export function validationProblem(ajv: Ajv, raw: readonly ErrorObject[]): Problem {
  if (raw.some((error) => error.instancePath.startsWith('/params'))) {
    return new Problem('not_found', 'There is nothing by this id.');
  }
  const settled = settleChoices(ajv, raw);
  const meaningful = settled.filter((error) => !isNullBranch(error));
  const fields = new Map<string, FieldError>();
  for (const error of meaningful.length > 0 ? meaningful : settled) {
    const path = pathOf(error).replace(/^\/headers\//, '/header/');
    if (!fields.has(path)) fields.set(path, { path, message: messageOf(ajv, error) });
  }
  const errors = [...fields.values()];
  const [first = { path: '/', message: 'is invalid' }] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem('invalid', `${first.path} ${first.message}${more}`, { errors });
}
