import { useEffect, useState } from 'react';
import { readStored, writeStored } from '../app/stored-json.ts';
import { useDocuments } from './documents-store.ts';

type Beginning = 'first' | 'used';

const KEY = 'troupe.home';
const isBeginning = (value: unknown): value is Beginning => value === 'first' || value === 'used';

/**
 * Whether there was nothing yet but what a server begins with when the page was opened: it would jump if that changed
 * meanwhile. Before the list is here, what was so at the last visit. `unknown`: at the very first one, for that moment.
 */
export function useBeginning(): Beginning | 'unknown' {
  const found = useDocuments(({ phase, cards }): Beginning | undefined => {
    if (phase === 'loading') return undefined;
    const isUsed = cards.size > 1 || [...cards.values()].some(({ kind }) => kind !== 'canvas');
    return isUsed || phase === 'failed' ? 'used' : 'first';
  });
  const [beginning, setBeginning] = useState<Beginning | undefined>(() => readStored(KEY, isBeginning));
  const [isSure, setSure] = useState(false);
  useEffect(() => {
    if (found === undefined || isSure) return;
    setBeginning(found);
    setSure(true);
    writeStored(KEY, found);
  }, [found, isSure]);
  return beginning ?? 'unknown';
}
