import { useDeferredValue, useMemo } from 'react';
import type { InspectorRecord } from '../../protocol/inspector-socket.ts';
import { useInspector } from './inspector-state.ts';

/** The records that one wants to see, the oldest first: live or as they were when they were paused. */
export function useShownRecords(): readonly InspectorRecord[] {
  const live = useInspector((state) => state.records);
  const paused = useInspector((state) => state.paused);
  const hidesPresence = useInspector((state) => state.hidesPresence);
  const records = useDeferredValue(paused ?? live);
  return useMemo(
    () => (hidesPresence ? records.filter(({ type }) => type !== 'presence') : records),
    [records, hidesPresence],
  );
}
