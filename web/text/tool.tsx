import { Toolbar } from 'radix-ui';
import type { ComponentProps } from 'react';
import { IconButton } from '../ui/button.tsx';
import { readableKeys } from '../ui/hotkeys.tsx';

/** A button of a toolbar, for what is on or off, or simply done. The selection of the editor stays while it is pressed. */
export function Tool({
  keys,
  isOn,
  ...button
}: Omit<ComponentProps<typeof IconButton>, 'shortcut'> & {
  readonly keys?: string;
  readonly isOn?: boolean;
}) {
  return (
    <Toolbar.Button asChild>
      <IconButton
        {...button}
        shortcut={keys && readableKeys(keys)}
        {...(isOn !== undefined && { 'aria-pressed': isOn })}
        onMouseDown={(event) => event.preventDefault()}
      />
    </Toolbar.Button>
  );
}
