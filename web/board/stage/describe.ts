import type { RoomAnnotation } from '../../../client/index.ts';

const WORDS: Readonly<Record<RoomAnnotation['type'], string>> = {
  text: 'Text',
  box: 'Rectangle',
  ellipse: 'Ellipse',
  arrow: 'Arrow',
  line: 'Line',
  polygon: 'Polygon',
  freehand: 'Drawing',
  comment: 'Comment',
};
const MOST_LETTERS = 60;

export const nameOf = (type: RoomAnnotation['type']): string => WORDS[type];

/** What screen readers hear of an annotation: its type, its words, where it stands. */
export function describe({ type, content, geometry }: RoomAnnotation): string {
  const words = content.trim().replace(/\s+/g, ' ');
  const quoted =
    words === '' ? '' : ` “${words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS)}…` : words}”`;
  const [x, y] =
    'points' in geometry ? (geometry.points[0] ?? []) : 'x' in geometry ? [geometry.x, geometry.y] : [];
  const place = x === undefined || y === undefined ? '' : ` at ${Math.round(x)}, ${Math.round(y)}`;
  return `${WORDS[type]}${quoted}${place}`;
}
