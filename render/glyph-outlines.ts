import type { Font } from 'fontkit';
import type { RasterPath } from './raster-path.ts';

type Step = readonly [x: number, y: number] | readonly number[];

interface Command {
  readonly kind: 'M' | 'L' | 'Q' | 'C' | 'Z';
  readonly args: Step;
}

const KINDS: Readonly<Record<string, Command['kind']>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

/** Outlines in font units, y up, taken from the font once. */
export class GlyphOutlines {
  readonly #font: Font;
  readonly #outlines = new Map<number, readonly Command[]>();

  constructor(font: Font) {
    this.#font = font;
  }

  #commandsOf(id: number): readonly Command[] {
    const known = this.#outlines.get(id);
    if (known) return known;
    const commands: Command[] = [];
    for (const { command, args } of this.#font.getGlyph(id).path.commands) {
      const kind = KINDS[command];
      if (kind) commands.push({ kind, args: [...args] });
    }
    this.#outlines.set(id, commands);
    return commands;
  }

  /** Adds a glyph to a path whose matrix turns font units into device pixels. */
  trace(id: number, path: RasterPath): void {
    for (const { kind, args } of this.#commandsOf(id)) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
      if (kind === 'M') path.moveTo(a, b);
      else if (kind === 'L') path.lineTo(a, b);
      else if (kind === 'Q') path.quadraticCurveTo(a, b, c, d);
      else if (kind === 'C') path.bezierCurveTo(a, b, c, d, e, f);
      else path.close();
    }
  }
}
