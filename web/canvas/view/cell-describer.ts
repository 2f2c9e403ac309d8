import type { CanvasPixel } from '../../../client/index.ts';
import { namesOfPalette } from '../dock/color-names.ts';
import type { CanvasTools } from '../live/canvas-context.ts';
import { PixelInfos } from '../paint/pixel-infos.ts';
import { cellWords, painterWords } from './cell-words.ts';
import type { HoverCard } from './hover-card.ts';
import type { Speaker } from './speaker.ts';
import type { Point } from './viewport.ts';

/** Says what is in a cell, beside the pointer and, where keys have moved there, to screen readers. */
export class CellDescriber {
  readonly #tools: CanvasTools;
  readonly #card: HoverCard;
  readonly #speaker: Speaker;
  readonly #infos: PixelInfos;
  /** The colour that was told last. */
  #told: number | undefined;
  #names: { readonly palette: readonly string[]; readonly names: readonly string[] } | undefined;

  constructor(tools: CanvasTools, card: HoverCard, speaker: Speaker) {
    this.#tools = tools;
    this.#card = card;
    this.#speaker = speaker;
    this.#infos = new PixelInfos(tools.live);
  }

  /**
   * @param isAloud whether screen readers hear it too
   * @param isWanted whether one is still there when the server has said who painted it
   */
  describe(cell: Point, isAloud: boolean, isWanted: () => boolean): void {
    const { live, stage, store } = this.#tools;
    const source = stage.buffer.source;
    const index = source?.pixels[cell.y * source.width + cell.x];
    if (source === undefined || index === undefined) return;
    this.#told = index;
    const lock = live.lockAt(cell);
    const words = {
      place: `${cell.x}, ${cell.y}`,
      color: source.palette[index] ?? '#000000',
      colorName: this.nameOf(index),
      lock: lock === undefined ? undefined : `Locked${lock.reason ? `: ${lock.reason}` : ''}`,
    };
    this.#card.show(words);
    if (isAloud) this.#speaker.say(cellWords(cell, words.colorName, words.lock));
    if (store.getState().showsPast) return;
    this.#infos.ask(cell, (info: CanvasPixel) => {
      // What was just painted may not be there yet: whoever painted what was before has nothing to do with it.
      if (!isWanted() || store.getState().showsPast || info.color !== index) return;
      const painter = painterWords(info, Date.now());
      this.#card.show({ ...words, painter });
      if (isAloud) this.#speaker.say(cellWords(cell, words.colorName, words.lock, painter));
    });
  }

  /**
   * The same for a cell that one has not left: somebody may have painted it.
   *
   * @param isAloud whether screen readers hear that others did; what one paints oneself is told where it is painted
   */
  refresh(cell: Point, isAloud: boolean, isWanted: () => boolean): void {
    const { live, stage, store } = this.#tools;
    const { source } = stage.buffer;
    const place = cell.y * (source?.width ?? 0) + cell.x;
    const index = source?.pixels[place];
    if (index === undefined || index === this.#told) return;
    this.describe(cell, false, isWanted);
    const isOthers = !store.getState().showsPast && index === live.connection.confirmedPixels[place];
    if (isAloud && isOthers) this.#speaker.say(`${cell.x}, ${cell.y} is ${this.nameOf(index)} now`);
  }

  /** Nobody waits for an answer any more. */
  forget(): void {
    this.#infos.forget();
  }

  /** What a colour of the palette that is shown is called. */
  nameOf(index: number): string {
    const palette = this.#tools.stage.buffer.source?.palette ?? [];
    if (this.#names?.palette !== palette) this.#names = { palette, names: namesOfPalette(palette) };
    return this.#names.names[index] ?? 'Unknown';
  }
}
