import { create } from 'zustand';
import { CanvasesApi } from '../../client/canvases-api.ts';
import type { Session } from '../../client/sessions-api.ts';
import { SERVER_URL, sessionsApi } from '../app/api.ts';
import { useIdentity } from '../app/identity.ts';
import { PainterSession } from '../canvas/live/painter-session.ts';

const nameOfMe = (): string => useIdentity.getState().name;
const painter = new PainterSession(sessionsApi, nameOfMe, (session) =>
  useModerator.setState(stateOf(session)),
);

const stateOf = (session: Session | undefined) => ({ isModerator: session?.role === 'moderator' });

/** Whether the user may make, rename and archive canvases: the same session as on their pages. */
export const useModerator = create<{ readonly isModerator: boolean }>(() => stateOf(painter.current));

/** @throws ApiError 403 where the key is wrong, 429 after too many wrong ones */
export async function becomeModerator(key: string): Promise<void> {
  await painter.becomeModerator(key);
}

/** Canvases, as the user's session may change them. */
export const canvasesOfMine = async (): Promise<CanvasesApi> =>
  new CanvasesApi(SERVER_URL, { token: await painter.token() });
