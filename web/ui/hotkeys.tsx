import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { Dialog } from './dialog.tsx';
import styles from './hotkeys.module.css';

export interface Hotkey {
  /**
   * What is pressed: `b`, `?`, `Escape`, `ArrowLeft`, `mod+z`, `mod+shift+z`. `mod` is ⌘ on a Mac, Ctrl elsewhere. A single
   * letter or sign is compared with `event.key`, so that it is where the user's keyboard has it.
   */
  readonly keys: string;
  /** What it does, for the list behind `?`. */
  readonly label: string;
  /** Absent: the key is only listed, because what has the focus handles it itself. */
  readonly run?: (event: KeyboardEvent) => void;
  /** Default: no. Also while a key is held down. */
  readonly repeats?: boolean;
  /** Not in the list: another entry speaks for it. */
  readonly unlisted?: boolean;
  /** As the list writes it, where it speaks for others too. Default: the keys themselves. */
  readonly shown?: string;
}

interface Group {
  readonly title: string;
  readonly hotkeys: readonly Hotkey[];
}

const useGroups = create<{ readonly groups: readonly Group[]; readonly open: boolean }>(() => ({
  groups: [],
  open: false,
}));
const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** Opens the list of all keys. */
export const showHotkeys = (): void => useGroups.setState({ open: true });

/** Of the keys that fields, menus and dialogs need themselves, nothing is taken. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="dialog"], [role="menu"]') !== null) return true;
  return target.matches('input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select');
}

/** `mod+z` → `mod`, `z`; the key `+` itself stays one. */
const partsOf = (keys: string): string[] => keys.split(/(?<=.)\+/);

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = partsOf(keys);
  const key = parts.at(-1) ?? '';
  const mod = IS_MAC ? event.metaKey : event.ctrlKey;
  if (parts.includes('mod') !== mod || parts.includes('alt') !== event.altKey) return false;
  // With shift a digit is another sign on each keyboard; where it stands is the same.
  if (/^\d$/.test(key) && parts.includes('shift')) return event.shiftKey && event.code === `Digit${key}`;
  const isLetter = /^[a-z]$/.test(key);
  // A sign such as `?` has its shift in itself; letters and named keys have not.
  if ((isLetter || key.length > 1) && parts.includes('shift') !== event.shiftKey) return false;
  return (isLetter ? event.key.toLowerCase() : event.key) === key;
}

/** Keys of a page or a tool, while the component is there. They are listed behind `?` under the title. */
export function useHotkeys(title: string, hotkeys: readonly Hotkey[]): void {
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  const shape = hotkeys.map(({ keys, label }) => `${keys} ${label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` says when the list looks different
  useEffect(() => {
    const group: Group = { title, hotkeys: latest.current };
    useGroups.setState(({ groups }) => ({ groups: [...groups, group] }));
    return () => useGroups.setState(({ groups }) => ({ groups: groups.filter((other) => other !== group) }));
  }, [title, shape]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isElsewhere(event)) return;
      const hotkey = latest.current.find(({ keys, run }) => run !== undefined && matches(keys, event));
      if (hotkey === undefined) return;
      event.preventDefault();
      if (!event.repeat || hotkey.repeats) hotkey.run?.(event);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

const NAMES: Readonly<Record<string, string>> = {
  mod: IS_MAC ? '⌘' : 'Ctrl',
  shift: IS_MAC ? '⇧' : 'Shift',
  alt: IS_MAC ? '⌥' : 'Alt',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ' ': 'Space',
};

/** As people read it: `Ctrl Z`. */
export const readableKeys = (keys: string): string =>
  partsOf(keys)
    .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');

/** The list behind `?`; once in the app. */
export function HotkeysDialog() {
  const { groups, open } = useGroups();
  useHotkeys('Everywhere', [{ keys: '?', label: 'Show the keys', run: showHotkeys }]);
  return (
    <Dialog open={open} onOpenChange={(next) => useGroups.setState({ open: next })} title="Keys" wide>
      <div className={styles.groups}>
        {groups.map(({ title, hotkeys }) => (
          <section key={title}>
            <h3 className={styles.title}>{title}</h3>
            <dl className={styles.list}>
              {hotkeys
                .filter(({ unlisted }) => !unlisted)
                .map(({ keys, label, shown }) => (
                  <div key={keys} className={styles.row}>
                    <dt>{label}</dt>
                    <dd>
                      <kbd>{shown ?? readableKeys(keys)}</kbd>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
