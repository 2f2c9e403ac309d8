import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '../../client/rest-client.ts';
import type { TextDocument } from '../../client/text-documents-api.ts';
import { textsApi } from '../app/api.ts';
import { errorText } from '../app/error-text.ts';

/** What is known of a text before it is opened. */
export type KnownText =
  | { readonly name: 'loading' }
  | { readonly name: 'there'; readonly document: TextDocument }
  /** It can be brought back. */
  | { readonly name: 'deleted'; readonly document: TextDocument }
  | { readonly name: 'unknown' }
  | { readonly name: 'failed'; readonly reason: string };

/** What the server knows of a text, and a way to ask again, such as after it was deleted or restored. */
export function useTextDocument(documentId: string): {
  readonly known: KnownText;
  readonly askAgain: () => void;
} {
  const [known, setKnown] = useState<KnownText>({ name: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    let isLatest = true;
    findOut(documentId).then((found) => {
      if (isLatest) setKnown(found);
    });
    return () => {
      isLatest = false;
    };
  }, [documentId, attempt]);
  const askAgain = useCallback(() => setAttempt((before) => before + 1), []);
  return { known, askAgain };
}

async function findOut(documentId: string): Promise<KnownText> {
  try {
    const document = await textsApi.get(documentId, { include_deleted: true });
    return { name: document.deleted_at === null ? 'there' : 'deleted', document };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { name: 'unknown' };
    return { name: 'failed', reason: errorText(error) };
  }
}
