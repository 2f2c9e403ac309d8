import { create } from 'zustand';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'troupe.theme';
const media = window.matchMedia('(prefers-color-scheme: dark)');

function stored(): ThemeChoice {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

const themeOf = (choice: ThemeChoice): 'light' | 'dark' =>
  choice === 'system' ? (media.matches ? 'dark' : 'light') : choice;

/** What the user chose and what that means now; canvases that draw in theme colours follow `theme`. */
export const useTheme = create<{ readonly choice: ThemeChoice; readonly theme: 'light' | 'dark' }>(() => {
  const choice = stored();
  return { choice, theme: themeOf(choice) };
});

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  useTheme.setState({ choice, theme: themeOf(choice) });
}

/** Lets the page follow the choice and the platform; before the first paint. */
export function startTheme(): void {
  const show = (): void => {
    document.documentElement.dataset['theme'] = useTheme.getState().theme;
  };
  useTheme.subscribe(show);
  media.addEventListener('change', () => {
    const { choice } = useTheme.getState();
    useTheme.setState({ choice, theme: themeOf(choice) });
  });
  show();
}
