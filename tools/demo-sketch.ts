import type { Annotation, AnnotationStyle } from '../protocol/entities.ts';

/** What is posted, but for the document that it belongs to. */
export type SketchedAnnotation = Pick<Annotation, 'type'> &
  Partial<Pick<Annotation, 'geometry' | 'style' | 'content'>>;

type Point = readonly [x: number, y: number];

/** The picture that the places below are measured on: docs/images/sample.png. */
const WIDTH = 1920;
const HEIGHT = 1080;

const RED = '#e03131';
const ORANGE = '#f76707';
const VIOLET = '#9c36b5';
const GREEN = '#2f9e44';
const BLUE = '#1971c2';

/**
 * One annotation of each type, as a review of the sample screenshot. On another picture everything keeps its place
 * relative to the picture, and its weight.
 */
export class DemoSketch {
  readonly #sx: number;
  readonly #sy: number;
  readonly #s: number;

  constructor(width: number, height: number) {
    this.#sx = width / WIDTH;
    this.#sy = height / HEIGHT;
    this.#s = Math.min(this.#sx, this.#sy);
  }

  /** Around the days that the review is about. */
  box(grown = 0): SketchedAnnotation {
    return {
      type: 'box',
      geometry: this.#rectangle(836 - grown, 512 - grown, 226 + 2 * grown, 104 + 2 * grown),
      style: this.#outline(RED, 4, { fill: 'rgb(224 49 49 / 12%)' }),
    };
  }

  /** Wraps at its width. */
  text(content: string): SketchedAnnotation {
    return {
      type: 'text',
      content,
      geometry: { ...this.#at(716, 392), width: 330 * this.#sx },
      style: {
        color: '#c92a2a',
        font_size: this.#font(22),
        font_weight: 700,
        line_height: 1.2,
      },
    };
  }

  /** From the text to the box. */
  arrow(): SketchedAnnotation {
    const points = [this.#point([1004, 450]), this.#point([972, 506])];
    return { type: 'arrow', geometry: { points }, style: this.#outline(RED, 5) };
  }

  ellipse(): SketchedAnnotation {
    return {
      type: 'ellipse',
      geometry: { ...this.#rectangle(1089, 227, 154, 54), rotation: -3 },
      style: this.#outline(ORANGE, 5),
    };
  }

  /** Around one part of a ring. */
  polygon(): SketchedAnnotation {
    const corners: readonly Point[] = [
      [1366, 458],
      [1410, 488],
      [1396, 534],
      [1412, 580],
      [1364, 614],
      [1338, 560],
      [1338, 512],
    ];
    return {
      type: 'polygon',
      geometry: { points: corners.map((corner) => this.#point(corner)) },
      style: this.#outline(VIOLET, 4, { fill: 'rgb(156 54 181 / 30%)', line_join: 'round' }),
    };
  }

  /** A line under the headline, as a hand draws it: pressed harder in the middle. */
  freehand(): SketchedAnnotation {
    const steps = 48;
    const points = Array.from({ length: steps + 1 }, (_, step) => {
      const t = step / steps;
      const y = 138 + 1.5 * Math.sin(t * 9) - 2 * t;
      return [
        ...this.#point([282 + 288 * t, y]),
        Math.round(100 * (0.25 + 0.6 * Math.sin(Math.PI * t))) / 100,
      ];
    });
    return { type: 'freehand', geometry: { points }, style: this.#outline(GREEN, 6) };
  }

  /** Ties a row of the table to what happened to it. */
  line(): SketchedAnnotation {
    const points = [
      [1020, 904],
      [1064, 889],
      [1276, 889],
      [1340, 814],
    ] as const;
    return {
      type: 'line',
      geometry: { points: points.map((point) => this.#point(point)) },
      style: this.#outline(BLUE, 4, { dash: [14 * this.#s, 10 * this.#s] }),
    };
  }

  comment(content: string): SketchedAnnotation {
    return { type: 'comment', content, geometry: this.#at(1592, 556) };
  }

  reply(content: string): SketchedAnnotation {
    return { type: 'comment', content };
  }

  #outline(stroke: string, width: number, more: AnnotationStyle = {}): AnnotationStyle {
    return { stroke, stroke_width: Math.min(100, Math.max(1, width * this.#s)), ...more };
  }

  #font(size: number): number {
    return Math.min(512, Math.max(8, size * this.#s));
  }

  #at(x: number, y: number): { x: number; y: number } {
    return { x: x * this.#sx, y: y * this.#sy };
  }

  #point([x, y]: Point): [number, number] {
    return [x * this.#sx, y * this.#sy];
  }

  #rectangle(x: number, y: number, width: number, height: number) {
    return { ...this.#at(x, y), width: width * this.#sx, height: height * this.#sy };
  }
}
