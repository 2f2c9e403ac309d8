import type { Caller } from './caller.ts';

/** Who changes a canvas: the one who is a moderator, as the HTTP door has found. */
export interface Moderator extends Caller {
  readonly name: string;
}

/** What a moderator's command says about who acts and why. */
export const said = ({ name }: Moderator, reason: string | undefined): { name: string; reason?: string } => ({
  name,
  ...(reason === undefined ? {} : { reason }),
});
