import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  /** Default: `secondary`. One `primary` a view. */
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
}

/** A button with words. It submits no form unless told so. */
export function Button({ variant = 'secondary', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={classNames(styles.button, styles[variant], className)} {...rest} />;
}

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label' | 'title'> {
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly shortcut?: string | undefined;
  readonly tooltipSide?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: ReactNode;
}

/** A button that shows an icon only; its tooltip says what it does. */
export function IconButton({
  label,
  shortcut,
  tooltipSide = 'bottom',
  variant = 'ghost',
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut} side={tooltipSide}>
      <button
        type={type}
        aria-label={label}
        className={classNames(styles.button, styles[variant], styles.icon, className)}
        {...rest}
      />
    </Tooltip>
  );
}

/** The look of a button for a link. */
export const buttonClass = (variant: NonNullable<ButtonProps['variant']> = 'secondary'): string =>
  classNames(styles.button, styles[variant]);
