import type { AnnotationType } from '../../protocol/entities.ts';
import type { AnnotationGeometry, GeometryByType } from './annotation.ts';
import { invalid } from './annotation-error.ts';

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Largest coordinate either way, in pixels of the base image. */
export const MAX_COORDINATE = 1e6;
const COORDINATE: Range = { min: -MAX_COORDINATE, max: MAX_COORDINATE };
const LENGTH: Range = { min: 0, max: MAX_COORDINATE };
const PRESSURE: Range = { min: 0, max: 1 };
const MAX_POINTS = 10_000;

/** Members in the order in which they are written. */
const PIN = { x: COORDINATE, y: COORDINATE };
const SIZE = { width: LENGTH, height: LENGTH };
const TURN = { rotation: COORDINATE };
const SEGMENT = { x1: COORDINATE, y1: COORDINATE, x2: COORDINATE, y2: COORDINATE };

type Input = Readonly<Record<string, unknown>>;
type Ranges = Readonly<Record<string, Range>>;

/**
 * Checks the geometry of a type (contract of annotations, as the server does), and gives it in the one form that is
 * kept: a fresh object, a segment as points, `-0` as `0`.
 *
 * @throws AnnotationError `invalid`
 */
export function checkGeometry<Type extends AnnotationType>(
  type: Type,
  geometry: unknown,
): GeometryByType[Type] {
  if (geometry === undefined && type === 'comment') return {} as GeometryByType[Type];
  if (typeof geometry !== 'object' || geometry === null || Array.isArray(geometry)) {
    throw invalid('/geometry', 'must be an object');
  }
  return shapeOf(type, geometry as Input) as GeometryByType[Type];
}

/** A geometry in a document is replaced whole, never changed: what was checked once stays checked. */
const known = new WeakMap<object, { readonly type: AnnotationType; readonly geometry: AnnotationGeometry }>();

/** The same for what stands in a document. */
export function readGeometry(type: AnnotationType, value: unknown): AnnotationGeometry | undefined {
  if (typeof value !== 'object' || value === null)
    return type === 'comment' && value === undefined ? {} : undefined;
  const before = known.get(value);
  if (before?.type === type) return before.geometry;
  try {
    const geometry = checkGeometry(type, value);
    known.set(value, { type, geometry });
    return geometry;
  } catch {
    return undefined;
  }
}

function shapeOf(type: AnnotationType, value: Input): unknown {
  switch (type) {
    case 'box':
    case 'ellipse':
      return numbersOf(value, { ...PIN, ...SIZE }, TURN);
    case 'text':
      return numbersOf(value, PIN, { ...SIZE, ...TURN });
    case 'arrow':
    case 'line':
      return Object.hasOwn(value, 'points') ? pointsOf(value, 2, 2) : pointsOfSegment(value);
    case 'polygon':
      return pointsOf(value, 3, 2);
    case 'freehand':
      return pointsOf(value, 2, 3);
    case 'comment':
      return Object.keys(value).length === 0 ? {} : numbersOf(value, PIN, {});
  }
}

function pointsOfSegment(value: Input): unknown {
  const { x1, y1, x2, y2 } = numbersOf(value, SEGMENT, {});
  return {
    points: [
      [x1, y1],
      [x2, y2],
    ],
  };
}

function numbersOf(value: Input, required: Ranges, optional: Ranges): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, range] of Object.entries(required)) {
    numbers[name] = numberOf(own(value, name), range, `/geometry/${name}`);
  }
  for (const [name, range] of Object.entries(optional)) {
    if (Object.hasOwn(value, name)) numbers[name] = numberOf(value[name], range, `/geometry/${name}`);
  }
  refuseOthers(value, numbers);
  return numbers;
}

function pointsOf(value: Input, least: number, mostParts: number): unknown {
  refuseOthers(value, { points: true });
  const points = own(value, 'points');
  if (!Array.isArray(points) || points.length < least || points.length > MAX_POINTS) {
    throw invalid('/geometry/points', `must be an array of ${least} to ${MAX_POINTS} points`);
  }
  return {
    points: points.map((point: unknown, at) => {
      const path = `/geometry/points/${at}`;
      if (!Array.isArray(point) || point.length < 2 || point.length > mostParts) {
        throw invalid(path, mostParts === 2 ? 'must be [x, y]' : 'must be [x, y] or [x, y, pressure]');
      }
      return point.map((part: unknown, i) => numberOf(part, i === 2 ? PRESSURE : COORDINATE, `${path}/${i}`));
    }),
  };
}

function numberOf(value: unknown, { min, max }: Range, path: string): number {
  if (typeof value === 'number' && value >= min && value <= max) return value === 0 ? 0 : value;
  throw invalid(path, `must be a number from ${min} to ${max}`);
}

const own = (value: Input, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);

function refuseOthers(value: Input, members: object): void {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(members, name)) throw invalid(`/geometry/${name}`, 'is not a member of this geometry');
  }
}
