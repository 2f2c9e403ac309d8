import { invalid } from './annotation-error.ts';

const MAX_CONTENT = 10_000;
const MAX_GROUP = 128;
const LONE_SURROGATE = /\p{Surrogate}/u;

export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);

/** Code points, as the server counts. */
const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

const isText = (value: unknown, least: number, most: number): value is string =>
  typeof value === 'string' &&
  value.length >= least &&
  value.length <= most * 2 &&
  (value.length <= most || lengthOf(value) <= most) &&
  isWellFormed(value);

export const isContent = (value: unknown): value is string => isText(value, 0, MAX_CONTENT);
export const isGroupId = (value: unknown): value is string => isText(value, 1, MAX_GROUP);
/** A name of a font. */
export const isFamily = (value: unknown): value is string => isText(value, 1, 128);

/** @throws AnnotationError `invalid` */
export function checkContent(value: unknown): string {
  if (isContent(value)) return value;
  throw invalid('/content', `must be well-formed text of at most ${MAX_CONTENT} characters`);
}

/** @throws AnnotationError `invalid` */
export function checkGroupId(value: unknown): string | null {
  if (value === null || isGroupId(value)) return value;
  throw invalid('/group_id', `must be null or well-formed text of 1 to ${MAX_GROUP} characters`);
}

/** What a comment says. @throws AnnotationError `invalid` */
export function checkBody(value: unknown): string {
  if (value === '') throw invalid('/content', 'must not be empty');
  return checkContent(value);
}
