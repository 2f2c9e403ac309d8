import type { SceneAnnotation } from '../render/port.ts';

const WORDS =
  'the quick brown fox jumps over lazy dog button misaligned check this spacing header colour wrong'.split(
    ' ',
  );
const TYPES = ['box', 'ellipse', 'arrow', 'polygon', 'freehand', 'text'] as const;

/** Mulberry32: the same numbers in every run. */
function generator(seed: number): (low: number, high: number) => number {
  let state = seed;
  return (low, high) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return low + (high - low) * (((t ^ (t >>> 14)) >>> 0) / 4294967296);
  };
}

/** Annotations as people leave them on a screenshot: all types in turn, a third of them translucent. */
export function benchScene(width: number, height: number, count: number): SceneAnnotation[] {
  const random = generator(1);
  const whole = (low: number, high: number): number => Math.floor(random(low, high));
  return Array.from({ length: count }, (_, index): SceneAnnotation => {
    const type = TYPES[index % TYPES.length] ?? 'box';
    const color = `rgb(${whole(0, 256)}, ${whole(0, 256)}, ${whole(0, 256)})`;
    const x = random(0, width * 0.85);
    const y = random(0, height * 0.85);
    const size = { width: random(40, 260), height: random(30, 160) };
    const base = { id: `annotation-${index}`, content: '', parent_id: null };
    const style = {
      stroke: color,
      stroke_width: whole(2, 7),
      opacity: index % 3 === 0 ? random(0.3, 0.9) : 1,
      ...(index % 2 === 1 && { fill: color.replace(')', ', 0.25)').replace('rgb', 'rgba') }),
    };
    if (type === 'text') {
      const words = Array.from({ length: whole(2, 5) }, () => WORDS[whole(0, WORDS.length)] ?? '');
      const font = { color, font_size: whole(14, 29), font_weight: index % 12 === 5 ? 'bold' : 'normal' };
      return {
        ...base,
        type,
        geometry: { x, y },
        style: { ...font, opacity: style.opacity },
        content: words.join(' '),
      };
    }
    if (type === 'box' || type === 'ellipse') {
      return { ...base, type, geometry: { x, y, ...size, rotation: index % 4 === 2 ? 17 : 0 }, style };
    }
    const points: number[][] = [[x, y]];
    if (type === 'arrow') points.push([x + random(-250, 250), y + random(-180, 180)]);
    if (type === 'polygon') {
      for (let i = 1; i < 7; i++) {
        const angle = (i / 7) * 2 * Math.PI;
        points.push([x + size.width * Math.cos(angle) * 0.5, y + size.height * Math.sin(angle) * 0.5]);
      }
    }
    if (type === 'freehand') {
      let direction = random(0, 2 * Math.PI);
      for (let i = 1; i < 40; i++) {
        direction += random(-0.6, 0.6);
        const [px = 0, py = 0] = points[i - 1] ?? [];
        points.push([px + Math.cos(direction) * 7, py + Math.sin(direction) * 7]);
      }
    }
    return { ...base, type, geometry: { points }, style };
  });
}
