import { Tooltip as Radix } from 'radix-ui';
import type { FocusEvent, ReactElement } from 'react';
import styles from './tooltip.module.css';

export const TooltipProvider = Radix.Provider;

/** A focus that came by a press or a touch, such as back from a menu, is no question what the control does. */
function quietUnlessByKey(event: FocusEvent): void {
  const isByKey = event.target.matches(':focus-visible') && !window.matchMedia('(hover: none)').matches;
  if (!isByKey) event.preventDefault();
}

/** Words beside a control while it is pointed at or focused. */
export function Tooltip({
  label,
  shortcut,
  side = 'bottom',
  children,
}: {
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactElement;
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild onFocus={quietUnlessByKey}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.content} side={side} sideOffset={6} collisionPadding={8}>
          {label}
          {shortcut && <kbd className={styles.key}>{shortcut}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
