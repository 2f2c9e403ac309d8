import { ApiError } from '../../../client/index.ts';
import { SERVER_URL } from '../../app/api.ts';
import type { Size } from '../viewport.ts';

/** The longer side of a preview, in pixels: enough for a screen, little enough to be drawn while a slider moves. */
const LONGER_SIDE = 1600;
const MOST_SCALE = 2;
const LEAST_SCALE = 0.01;

/** The door that draws the state after an event. Comments are not in the picture. @param page - the size of the whole */
export function previewUrl(roomId: string, seq: number, page: Size | undefined): string {
  const side = page === undefined ? LONGER_SIDE : Math.max(page.width, page.height, 1);
  const scale = Math.max(LEAST_SCALE, Math.min(MOST_SCALE, LONGER_SIDE / side));
  const query = new URLSearchParams({ seq: String(seq), scale: scale.toFixed(3) });
  return `${SERVER_URL}/v1/documents/${roomId}/preview?${query}`;
}

/**
 * Loads a picture, so that a refusal can be told in words.
 *
 * @returns the address of an object, to be revoked by the caller
 * @throws ApiError where the server refuses; what `fetch` throws
 */
export async function loadPicture(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) {
    const problem: unknown = await response.json().catch(() => undefined);
    throw new ApiError(response.status, `The picture was answered ${response.status}`, problem);
  }
  return URL.createObjectURL(await response.blob());
}
