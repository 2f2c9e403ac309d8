import { ApiError } from '../../../client/index.ts';
import { roomsApi } from '../../app/api.ts';
import { errorText } from '../../app/error-text.ts';
import { toast } from '../../ui/toast.tsx';
import type { Board } from '../board-context.ts';
import { freeName } from './version-name.ts';

/** A state of the past that can be brought back. */
export interface PastState {
  readonly seq: number;
  /** What people call it. */
  readonly title: string;
}

/**
 * Brings a state back, for everybody. Only what has a name can be brought back, so a moment without one gets its title.
 * Everybody hears of it by the provider's `reverted`; see `useBoardNews`.
 *
 * @returns whether it worked; what went wrong is told in a toast
 */
export async function bringBack({ room, store }: Board, { seq, title }: PastState): Promise<boolean> {
  try {
    const tag = await tagOf(room.id, seq, title);
    await roomsApi.revert(room.id, tag);
    store.setState({ moment: undefined });
    return true;
  } catch (error) {
    const isGone = error instanceof ApiError && error.status === 410;
    const detail = isGone ? 'It is no longer kept.' : errorText(error);
    toast({ title: 'It could not be brought back', detail, tone: 'danger', key: 'revert' });
    return false;
  }
}

async function tagOf(roomId: string, seq: number, title: string): Promise<string> {
  const versions = await roomsApi.versions(roomId);
  const named = versions.find((version) => version.seq === seq && version.tag !== null)?.tag;
  if (typeof named === 'string') return named;
  const tag = freeName(title, new Set(versions.flatMap((version) => version.tag ?? [])));
  await roomsApi.createVersion(roomId, { tag, seq });
  return tag;
}
