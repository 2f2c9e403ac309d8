import { type CSSProperties, useEffect, useMemo, useReducer } from 'react';
import { frameOf, observeAnnotations, type RoomProvider, readAnnotation } from '../../../client/index.ts';
import { inkOn } from '../../app/person-color.ts';
import { useBoard } from '../board-context.ts';
import { onFonts } from '../stage/text-fonts.ts';
import { measureText } from '../stage/text-layout.ts';
import { placedAt } from '../viewport-space.ts';
import styles from './guests.module.css';
import { observeGuests, personAt } from './use-guests.ts';

interface Selected {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly color: string;
  /** The name stands at the first of each one's shapes. */
  readonly isFirst: boolean;
}

function selectedBy(provider: RoomProvider): readonly Selected[] {
  return [...provider.guests.values()].flatMap((guest) => {
    if (guest.selection === undefined || guest.selection.length === 0) return [];
    const { name, color = '#5443d6' } = personAt(provider, guest);
    return guest.selection.map((id, at) => ({
      key: `${guest.connectionId} ${id}`,
      id,
      name,
      color,
      isFirst: at === 0,
    }));
  });
}

/** Outlines of what the others have selected, each in its owner's colour. */
export function GuestOutlines() {
  const { doc, provider } = useBoard();
  const [turn, look] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` says that somebody selects something else
  const selected = useMemo(() => selectedBy(provider), [provider, turn]);
  useEffect(() => {
    let said = '';
    return observeGuests(provider, () => {
      // Cursors move all the time; that is nothing to render for.
      const next = JSON.stringify(selectedBy(provider));
      if (next !== said) look();
      said = next;
    });
  }, [provider]);
  useEffect(() => {
    const ids = new Set(selected.map(({ id }) => id));
    if (ids.size === 0) return;
    return observeAnnotations(doc, ({ ids: touched }) => {
      for (const id of touched) if (ids.has(id)) return look();
    });
  }, [doc, selected]);
  // Texts are as large as their letters are.
  useEffect(() => onFonts(look), []);

  return selected.map(({ key, id, name, color, isFirst }) => {
    const annotation = readAnnotation(doc, id);
    const box = annotation && frameOf(annotation, measureText);
    if (annotation === undefined || box === undefined) return null;
    const { geometry } = annotation;
    const turn = 'rotation' in geometry ? (geometry.rotation ?? 0) : 0;
    return (
      <div
        key={key}
        data-selected={id}
        className={styles.outline}
        style={
          {
            ...placedAt(box),
            '--turn': `${turn}deg`,
            width: `calc(${box.width}px * var(--scale) + 8px)`,
            height: `calc(${box.height}px * var(--scale) + 8px)`,
            borderColor: color,
          } as CSSProperties
        }
      >
        {isFirst && (
          <span className={styles.owner} style={{ background: color, color: inkOn(color) }}>
            {name}
          </span>
        )}
      </div>
    );
  });
}
