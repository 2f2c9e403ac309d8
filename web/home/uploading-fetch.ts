import type { FetchLike } from '../../client/rest-client.ts';

/**
 * `fetch` that tells how much of the body is on its way, which only XMLHttpRequest knows.
 *
 * @param onProgress - from 0 to 1
 */
export const uploadingFetch =
  (onProgress: (part: number) => void, signal: AbortSignal): FetchLike =>
  (url, { method, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        if (total > 0) onProgress(loaded / total);
      });
      request.addEventListener('load', () => {
        const { status, responseText } = request;
        resolve({ ok: status >= 200 && status < 300, status, text: async () => responseText });
      });
      // As `fetch` says it where a server is not reached.
      request.addEventListener('error', () => reject(new TypeError('Failed to fetch')));
      request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
      signal.addEventListener('abort', () => request.abort(), { once: true });
      request.send(body ?? null);
    });
