import type { Board } from '../board-context.ts';

/** Lets the user type in a text annotation. */
export function editText({ store, annotations }: Board, id: string): void {
  if (annotations.get(id)?.type === 'text') store.setState({ editing: { id }, selection: [id] });
}
