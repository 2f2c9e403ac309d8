import type { RequestHandler } from 'express';
import { type FieldError, Problem } from '../protocol/problem.ts';
import { contextOf } from './request-context.ts';

const INTEGER = /^-?[0-9]{1,15}$/;
const NUMBER = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/;

/**
 * Numbers in a query must be written as plain decimals. The validator's coercion takes `Infinity`, `1e400`, `0x10` and
 * `" 7 "` for numbers, and lets the first two pass `maximum` (ajv #2212).
 */
export const queryNumbers: RequestHandler = (req, _res, next) => {
  const errors: FieldError[] = [];
  for (const { in: place, name, types } of contextOf(req).operation?.parameters ?? []) {
    if (place !== 'query' || types.length !== 1) continue;
    const [type] = types;
    const value: unknown = req.query[name];
    if (typeof value !== 'string') continue;
    const isWrong =
      (type === 'integer' && !INTEGER.test(value)) || (type === 'number' && !NUMBER.test(value));
    if (isWrong)
      errors.push({
        path: `/query/${name}`,
        message: `must be ${type === 'integer' ? 'an integer' : 'a number'}`,
      });
  }
  const [first] = errors;
  if (first) throw new Problem('invalid', `${first.path} ${first.message}`, { errors });
  next();
};
