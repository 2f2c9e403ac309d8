import type { Point, RoomGuest, RoomProvider } from '../../../client/index.ts';
import { inkOn } from '../../app/person-color.ts';
import { glide } from './glide.ts';
import styles from './guests.module.css';
import { observeGuests, personAt } from './use-guests.ts';

/** A cursor that has not moved for so long is put away: nobody is there. */
const IDLE_MS = 20_000;
const ARROW = 'M1 1 L1 15.5 L5.2 11.8 L8 18 L10.8 16.8 L8 10.8 L13.6 10.8 Z';
const SVG = 'http://www.w3.org/2000/svg';

interface Cursor {
  readonly element: HTMLElement;
  readonly arrow: SVGElement;
  readonly tag: HTMLElement;
  at: Point;
  target: Point;
  movedAt: number;
  color: string;
}

/**
 * The cursors of the others, drawn by one animation frame and without React: they move thirty times a second each. They
 * glide from place to place, unless the user wants no motion.
 */
export class GuestCursors {
  readonly #provider: RoomProvider;
  readonly #space: HTMLElement;
  readonly #cursors = new Map<string, Cursor>();
  readonly #still = window.matchMedia('(prefers-reduced-motion: reduce)');
  readonly #stops: readonly (() => void)[];
  readonly #idle: ReturnType<typeof setInterval>;
  #frame = 0;
  #last = 0;

  /** @param space - a viewport space, see `useViewportSpace` */
  constructor(provider: RoomProvider, space: HTMLElement) {
    this.#provider = provider;
    this.#space = space;
    this.#stops = [
      // Each move is shown by itself; who came, went or changed their name, a moment later.
      provider.on('presence', (guest) => {
        if (guest.left !== true && guest.cursor) this.#show(guest, guest.cursor);
        else this.#remove(guest.connectionId);
      }),
      observeGuests(provider, this.#look),
    ];
    this.#idle = setInterval(this.#putAway, 1000);
    this.#look();
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    clearInterval(this.#idle);
    cancelAnimationFrame(this.#frame);
    for (const { element } of this.#cursors.values()) element.remove();
  }

  readonly #look = (): void => {
    const { guests } = this.#provider;
    for (const id of this.#cursors.keys()) if (!guests.get(id)?.cursor) this.#remove(id);
    for (const guest of guests.values()) if (guest.cursor) this.#show(guest, guest.cursor);
  };

  #remove(id: string): void {
    this.#cursors.get(id)?.element.remove();
    this.#cursors.delete(id);
  }

  #show(guest: RoomGuest, target: Point): void {
    const known = this.#cursors.get(guest.connectionId);
    const cursor = known ?? this.#create(target);
    if (known === undefined) this.#cursors.set(guest.connectionId, cursor);
    const { name, color = '#5443d6' } = personAt(this.#provider, guest);
    const words = guest.typing === true ? `${name} …` : name;
    if (cursor.color !== color) {
      cursor.color = color;
      cursor.arrow.style.fill = color;
      cursor.tag.style.background = color;
      cursor.tag.style.color = inkOn(color);
    }
    if (cursor.tag.textContent !== words) cursor.tag.textContent = words;
    const isMoved = cursor.target.x !== target.x || cursor.target.y !== target.y;
    if (!isMoved && known !== undefined) return;
    cursor.target = target;
    cursor.movedAt = performance.now();
    cursor.element.hidden = false;
    if (this.#still.matches) cursor.at = target;
    this.#place(cursor);
    if (this.#frame === 0 && cursor.at !== target) {
      this.#last = performance.now();
      this.#frame = requestAnimationFrame(this.#step);
    }
  }

  #create(at: Point): Cursor {
    const element = document.createElement('div');
    element.className = styles['cursor'] ?? '';
    element.dataset['cursor'] = 'guest';
    const picture = document.createElementNS(SVG, 'svg');
    picture.setAttribute('viewBox', '0 0 16 20');
    picture.setAttribute('width', '16');
    picture.setAttribute('height', '20');
    const arrow = document.createElementNS(SVG, 'path');
    arrow.setAttribute('d', ARROW);
    picture.append(arrow);
    const tag = document.createElement('span');
    tag.className = styles['tag'] ?? '';
    element.append(picture, tag);
    this.#space.append(element);
    return { element, arrow, tag, at, target: at, movedAt: performance.now(), color: '' };
  }

  readonly #step = (now: number): void => {
    this.#frame = 0;
    let isGliding = false;
    for (const cursor of this.#cursors.values()) {
      if (cursor.at === cursor.target) continue;
      cursor.at = glide(cursor.at, cursor.target, now - this.#last);
      isGliding ||= cursor.at !== cursor.target;
      this.#place(cursor);
    }
    this.#last = now;
    if (isGliding) this.#frame = requestAnimationFrame(this.#step);
  };

  #place({ element, at }: Cursor): void {
    element.style.setProperty('--px', String(at.x));
    element.style.setProperty('--py', String(at.y));
  }

  readonly #putAway = (): void => {
    const now = performance.now();
    for (const cursor of this.#cursors.values()) cursor.element.hidden = now - cursor.movedAt > IDLE_MS;
  };
}
