/** Faster, a screen reader would stammer. */
const EVERY_MS = 280;

/** Speaks through a live region: of what comes quickly the last. */
export class Speaker {
  readonly #element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = '';
  #first = '';

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** What comes soon after it does not replace it: both are said. */
  announce(words: string): void {
    this.#first = words;
    this.say('');
  }

  say(words: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const text = `${this.#first} ${words}`.trim();
      this.#first = '';
      // The same words again are only heard where the text is another.
      this.#said = text === this.#said ? `${text}\u00a0` : text;
      this.#element.textContent = this.#said;
    }, EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
