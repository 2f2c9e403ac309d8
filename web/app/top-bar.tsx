import { CircleHelp, Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { IconButton } from '../ui/button.tsx';
import { showHotkeys } from '../ui/hotkeys.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { IdentityButton } from './identity-button.tsx';
import { chooseTheme, useTheme } from './theme.ts';
import styles from './top-bar.module.css';

/** The bar above every page: the way home, what the page puts there (a title, who is here), and who one is. */
export function TopBar({ children, end }: { readonly children?: ReactNode; readonly end?: ReactNode }) {
  const { theme } = useTheme();
  return (
    <header className={styles.bar}>
      <Link href="/" className={styles.home} aria-label="Troupe, all documents">
        <img src="/icon.svg" alt="" />
        {children === undefined && <span className={styles.word}>Troupe</span>}
      </Link>
      <div className={styles.middle}>{children}</div>
      <div className={styles.end}>
        {end}
        <span className={styles.optional}>
          <IconButton label="Keys" shortcut="?" onClick={showHotkeys}>
            <CircleHelp size={18} />
          </IconButton>
          <Menu
            align="end"
            trigger={
              <IconButton label="Theme">
                {theme === 'dark' ? <Moon size={18} /> : <Sun size={18} />}
              </IconButton>
            }
          >
            <MenuItem icon={<Monitor size={16} />} onSelect={() => chooseTheme('system')}>
              As the system
            </MenuItem>
            <MenuItem icon={<Sun size={16} />} onSelect={() => chooseTheme('light')}>
              Light
            </MenuItem>
            <MenuItem icon={<Moon size={16} />} onSelect={() => chooseTheme('dark')}>
              Dark
            </MenuItem>
          </Menu>
        </span>
        <IdentityButton />
      </div>
    </header>
  );
}
