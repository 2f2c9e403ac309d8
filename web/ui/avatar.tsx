import { colorOf, inkOn } from '../app/person-color.ts';
import styles from './avatar.module.css';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`. Default: one that follows from the id. */
  readonly color?: string;
}

export const initialsOf = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('') || '?';

/** Somebody, as a coloured disc with initials; the name is in its tooltip. */
export function Avatar({ id, name, color = colorOf(id) }: Person) {
  return (
    <Tooltip label={name}>
      <span
        role="img"
        aria-label={name}
        className={styles.avatar}
        style={{ background: color, color: inkOn(color) }}
      >
        {initialsOf(name)}
      </span>
    </Tooltip>
  );
}

/** Who is here: the first few, and how many more. */
export function AvatarStack({
  people,
  most = 4,
  onChoose,
}: {
  readonly people: readonly Person[];
  readonly most?: number;
  /** Makes each a button, such as one that leads to where somebody is. */
  readonly onChoose?: (person: Person) => void;
}) {
  if (people.length === 0) return null;
  const shown = people.slice(0, most);
  return (
    <ul className={styles.stack} aria-label="People here">
      {shown.map((person) => (
        <li key={person.id}>
          {onChoose === undefined ? (
            <Avatar {...person} />
          ) : (
            <AvatarButton person={person} onChoose={onChoose} />
          )}
        </li>
      ))}
      {people.length > shown.length && (
        <li>
          <span className={classNames(styles.avatar, styles.more)}>+{people.length - shown.length}</span>
        </li>
      )}
    </ul>
  );
}

function AvatarButton({
  person,
  onChoose,
}: {
  readonly person: Person;
  readonly onChoose: (person: Person) => void;
}) {
  const { id, name, color = colorOf(id) } = person;
  return (
    <Tooltip label={`Go to ${name}`}>
      <button
        type="button"
        aria-label={`Go to ${name}`}
        className={classNames(styles.avatar, styles.button)}
        style={{ background: color, color: inkOn(color) }}
        onClick={() => onChoose(person)}
      >
        {initialsOf(name)}
      </button>
    </Tooltip>
  );
}
