import { clockTime } from '../../ui/relative-time.ts';
import type { Board } from '../board-context.ts';
import type { LoggedEvent } from './moments.ts';
import { previewUrl } from './preview.ts';

/** Shows the board as it was after an event. What is open of the present is closed. */
export function lookAt({ room, store }: Board, seq: number, title: string): void {
  store.setState({
    moment: { seq, title, imageUrl: previewUrl(room.id, seq, store.getState().page) },
    selection: [],
    thread: undefined,
    draft: undefined,
  });
}

/** What a moment without a name is called. */
export const momentTitle = ({ ts, seq }: LoggedEvent): string =>
  `${clockTime(Date.parse(ts), Date.now())} · change ${seq}`;
