/** Faster, a screen reader would stammer. */
const EVERY_MS = 280;

/** Speaks through a live region: of what comes quickly the last. */
export class Speaker {
  readonly #element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #said = '';

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  say(words: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // The same words again are only heard where the text is another.
      this.#said = words === this.#said ? `${words}\u00a0` : words;
      this.#element.textContent = this.#said;
    }, EVERY_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
