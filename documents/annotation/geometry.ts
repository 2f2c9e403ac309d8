import type { Annotation, AnnotationType } from '../../protocol/entities.ts';
import { unreachable } from '../../protocol/unreachable.ts';
import { type FieldErrors, pointerStep } from '../field-errors.ts';
import { isRecord, own } from './plain.ts';

export type Geometry = Annotation['geometry'];

type Input = Readonly<Record<string, unknown>>;

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Pixels of the base image. */
const COORDINATE: Range = { min: -1e6, max: 1e6 };
const LENGTH: Range = { min: 0, max: 1e6 };
/** Degrees, clockwise. */
const ROTATION: Range = { min: -1e6, max: 1e6 };
const PRESSURE: Range = { min: 0, max: 1 };

const MAX_POINTS = 10_000;

const BOX = { x: COORDINATE, y: COORDINATE, width: LENGTH, height: LENGTH };
const PIN = { x: COORDINATE, y: COORDINATE };
const SEGMENT = { x1: COORDINATE, y1: COORDINATE, x2: COORDINATE, y2: COORDINATE };
const TURN = { rotation: ROTATION };

/**
 * Checks the geometry of a type (contract, chapter 3) and gives it in the one form that is kept: a fresh object with
 * known members in a fixed order, `{x1, y1, x2, y2}` as `points`, `-0` as `0`. An absent one is `{}`, which only a
 * comment may have; that it is anchored is for the caller to check.
 *
 * @returns `undefined` where something was added to `errors`.
 */
export function parseGeometry(
  type: AnnotationType,
  value: unknown,
  path: string,
  errors: FieldErrors,
): Geometry | undefined {
  if (value === undefined && type === 'comment') return {} as Geometry;
  if (!isRecord(value)) {
    errors.add(path, 'must be an object');
    return undefined;
  }
  const before = errors.count;
  const geometry = parseShape(type, value, path, errors);
  return errors.count === before ? (geometry as Geometry) : undefined;
}

function parseShape(type: AnnotationType, value: Input, path: string, errors: FieldErrors): unknown {
  switch (type) {
    case 'box':
    case 'ellipse':
      return parseNumbers(value, BOX, TURN, path, errors);
    case 'text':
      return parseNumbers(value, PIN, { width: LENGTH, height: LENGTH, ...TURN }, path, errors);
    case 'arrow':
    case 'line':
      return Object.hasOwn(value, 'points')
        ? parsePoints(value, 2, 2, path, errors)
        : parseSegment(value, path, errors);
    case 'polygon':
      return parsePoints(value, 3, 2, path, errors);
    case 'freehand':
      return parsePoints(value, 2, 3, path, errors);
    case 'comment':
      return Object.keys(value).length === 0 ? {} : parseNumbers(value, PIN, {}, path, errors);
    default:
      return unreachable(type);
  }
}

function parseSegment(value: Input, path: string, errors: FieldErrors): unknown {
  const before = errors.count;
  const { x1, y1, x2, y2 } = parseNumbers(value, SEGMENT, {}, path, errors);
  return errors.count === before
    ? {
        points: [
          [x1, y1],
          [x2, y2],
        ],
      }
    : undefined;
}

function parseNumbers(
  value: Input,
  required: Readonly<Record<string, Range>>,
  optional: Readonly<Record<string, Range>>,
  path: string,
  errors: FieldErrors,
): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const name in required) {
    const range = required[name];
    if (range) numbers[name] = parseNumber(own(value, name), range, `${path}/${name}`, errors);
  }
  for (const name in optional) {
    const range = optional[name];
    if (range && Object.hasOwn(value, name)) {
      numbers[name] = parseNumber(value[name], range, `${path}/${name}`, errors);
    }
  }
  refuseOthers(value, (name) => Object.hasOwn(numbers, name), path, errors);
  return numbers;
}

function parsePoints(
  value: Input,
  least: number,
  mostParts: 2 | 3,
  path: string,
  errors: FieldErrors,
): unknown {
  refuseOthers(value, (name) => name === 'points', path, errors);
  const points = own(value, 'points');
  if (!Array.isArray(points)) {
    errors.add(`${path}/points`, 'must be an array of points');
    return undefined;
  }
  if (points.length < least || points.length > MAX_POINTS) {
    errors.add(`${path}/points`, `must have ${least} to ${MAX_POINTS} points`);
    return undefined;
  }
  const parsed: number[][] = new Array(points.length);
  for (let i = 0; i < points.length; i += 1) {
    const point: unknown = points[i];
    if (!isPoint(point, mostParts)) {
      // The first bad point tells enough, and paths are built for it alone.
      explainPoint(point, mostParts, `${path}/points/${i}`, errors);
      return undefined;
    }
    parsed[i] = point.map((part) => (part === 0 ? 0 : part));
  }
  return { points: parsed };
}

const isWithin = (value: unknown, { min, max }: Range): boolean =>
  typeof value === 'number' && value >= min && value <= max;

const isPoint = (point: unknown, mostParts: 2 | 3): point is number[] =>
  Array.isArray(point) &&
  point.length >= 2 &&
  point.length <= mostParts &&
  isWithin(point[0], COORDINATE) &&
  isWithin(point[1], COORDINATE) &&
  (point.length === 2 || isWithin(point[2], PRESSURE));

function explainPoint(point: unknown, mostParts: 2 | 3, path: string, errors: FieldErrors): void {
  if (!Array.isArray(point) || point.length < 2 || point.length > mostParts) {
    errors.add(path, mostParts === 2 ? 'must be [x, y]' : 'must be [x, y] or [x, y, pressure]');
    return;
  }
  const ranges = [COORDINATE, COORDINATE, PRESSURE];
  point.forEach((part, i) => void parseNumber(part, ranges[i] ?? COORDINATE, `${path}/${i}`, errors));
}

function parseNumber(value: unknown, { min, max }: Range, path: string, errors: FieldErrors): number {
  if (typeof value === 'number' && value >= min && value <= max) return value === 0 ? 0 : value;
  errors.add(path, value === undefined ? 'is required' : `must be a number from ${min} to ${max}`);
  return 0;
}

function refuseOthers(
  value: Input,
  isKnown: (name: string) => boolean,
  path: string,
  errors: FieldErrors,
): void {
  for (const name of Object.keys(value)) {
    if (!isKnown(name)) errors.add(`${path}/${pointerStep(name)}`, 'is not a member of this geometry');
  }
}
