import type { Point, Size } from './viewport.ts';

export interface HoverWords {
  /** `x 10, y 20` */
  readonly place: string;
  readonly color: string;
  readonly colorName: string;
  /** Who painted it and when; `undefined` while that is not known. */
  readonly painter?: string | undefined;
  /** Why it is locked. */
  readonly lock?: string | undefined;
}

const GAP = 18;

/** The words beside the pointer. They are moved with every event, so React has nothing to do with them. */
export class HoverCard {
  readonly #root: HTMLElement;
  readonly #parts: Readonly<Record<'place' | 'swatch' | 'color' | 'painter' | 'lock', HTMLElement>>;
  #size: Size = { width: 0, height: 0 };

  /** @param root holds elements with `data-part` for each part */
  constructor(root: HTMLElement) {
    this.#root = root;
    const part = (name: string): HTMLElement => {
      const element = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
      if (element === null) throw new Error(`the hover card has no ${name}`);
      return element;
    };
    this.#parts = {
      place: part('place'),
      swatch: part('swatch'),
      color: part('color'),
      painter: part('painter'),
      lock: part('lock'),
    };
  }

  show({ place, color, colorName, painter = '', lock = '' }: HoverWords): void {
    const {
      place: placeElement,
      swatch,
      color: colorElement,
      painter: painterElement,
      lock: lockElement,
    } = this.#parts;
    placeElement.textContent = place;
    swatch.style.background = color;
    colorElement.textContent = colorName;
    painterElement.textContent = painter;
    painterElement.hidden = painter === '';
    lockElement.textContent = lock;
    lockElement.hidden = lock === '';
    this.#root.hidden = false;
    this.#size = { width: this.#root.offsetWidth, height: this.#root.offsetHeight };
  }

  /** Beside a point, within the screen. */
  move({ x, y }: Point, screen: Size): void {
    const left = x + GAP + this.#size.width > screen.width ? x - GAP - this.#size.width : x + GAP;
    const top = y + GAP + this.#size.height > screen.height ? y - GAP - this.#size.height : y + GAP;
    this.#root.style.transform = `translate(${Math.max(4, Math.round(left))}px, ${Math.max(4, Math.round(top))}px)`;
  }

  hide(): void {
    this.#root.hidden = true;
  }
}
