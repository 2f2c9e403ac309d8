import { type ComponentType, useEffect, useState } from 'react';

/** Between two attempts to load a part. */
const RETRY_MS = 2000;

/** A part of a page that is loaded when it is shown first, or before. */
export class LatePart {
  readonly #load: () => Promise<ComponentType>;
  #loading: Promise<ComponentType> | undefined;
  /** Once it is here. */
  component: ComponentType | undefined;

  constructor(load: () => Promise<ComponentType>) {
    this.#load = load;
  }

  async load(): Promise<ComponentType> {
    this.#loading ??= this.#load();
    try {
      this.component = await this.#loading;
      return this.component;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  /** So that it is there without a connection too. */
  preload(): void {
    this.load().catch(() => {});
  }
}

/** Shows the part. Until it is here nothing shows; without a connection it is tried again, and the page stays. */
export function Late({ part }: { readonly part: LatePart }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (part.component !== undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const attempt = (): void => {
      part
        .load()
        .then(() => {
          if (!isOver) redraw((count) => count + 1);
        })
        .catch(() => {
          if (!isOver) timer = setTimeout(attempt, RETRY_MS);
        });
    };
    attempt();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [part]);
  const Component = part.component;
  return Component === undefined ? null : <Component />;
}
