import { DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './menu.module.css';

/** A menu behind a button. Its content are {@link MenuItem}s, {@link MenuLabel}s and {@link MenuSeparator}s. */
export function Menu({
  trigger,
  align = 'start',
  side = 'bottom',
  onCloseAutoFocus,
  open,
  onOpenChange,
  isModal = true,
  children,
}: {
  readonly trigger: ReactElement;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** Default: the focus goes back to the trigger. `preventDefault()` where it belongs elsewhere. */
  readonly onCloseAutoFocus?: (event: Event) => void;
  /** Default: it opens by its trigger. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Default: yes. Else what is beside it can be pressed while it is open. */
  readonly isModal?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Root
      modal={isModal}
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange })}
    >
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.content}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          {...(onCloseAutoFocus && { onCloseAutoFocus })}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  icon,
  hint,
  danger,
  disabled,
  onSelect,
  children,
}: {
  readonly icon?: ReactNode;
  /** The key that does the same. */
  readonly hint?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Item
      className={classNames(styles.item, danger && styles.danger)}
      {...(disabled !== undefined && { disabled })}
      onSelect={onSelect}
    >
      {icon}
      {children}
      {hint && <span className={styles.hint}>{hint}</span>}
    </DropdownMenu.Item>
  );
}

export const MenuSeparator = () => <DropdownMenu.Separator className={styles.separator} />;

export const MenuLabel = ({ children }: { readonly children: ReactNode }) => (
  <DropdownMenu.Label className={styles.label}>{children}</DropdownMenu.Label>
);
