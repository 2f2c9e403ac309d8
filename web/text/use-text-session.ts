import { useEffect, useState } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { ConnectionStatus } from '../../client/connection-status.ts';
import type { Person } from '../ui/avatar.tsx';
import { leaveText, openText, type TextSession } from './text-sessions.ts';

/** The text, for as long as the component is there. */
export function useTextSession(documentId: string): TextSession | undefined {
  const [session, setSession] = useState<TextSession>();
  useEffect(() => {
    const opened = openText(documentId);
    setSession(opened);
    return () => {
      setSession(undefined);
      leaveText(documentId, opened);
    };
  }, [documentId]);
  return session;
}

export interface Claims {
  readonly status: ConnectionStatus;
  readonly saved: boolean;
  /** It has been here as the server has it, at least once: before that, nobody should write into it. */
  readonly hasCome: boolean;
}

/** What the provider claims about the server, as it changes. */
export function useClaims({ provider }: TextSession): Claims {
  const [claims, setClaims] = useState<Claims>(() => ({
    status: provider.connection.status,
    saved: provider.saved,
    hasCome: provider.synced || !provider.saved,
  }));
  useEffect(() => {
    const look = (): void =>
      setClaims(({ hasCome }) => ({
        status: provider.connection.status,
        saved: provider.saved,
        hasCome: hasCome || provider.synced,
      }));
    const stops = [provider.on('status', look), provider.on('saved', look), provider.on('synced', look)];
    look();
    return () => {
      for (const stop of stops) stop();
    };
  }, [provider]);
  return claims;
}

/** The others who have the text open, each once. */
export function usePeople(awareness: Awareness, myId: string): readonly Person[] {
  const [people, setPeople] = useState<readonly Person[]>([]);
  useEffect(() => {
    const look = (): void => {
      const found = new Map<string, Person>();
      for (const state of awareness.getStates().values()) {
        const person = personOf(state['user']);
        if (person !== undefined && person.id !== myId) found.set(person.id, person);
      }
      const next = [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      // Cursors move with every key; who is here seldom changes.
      setPeople((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    awareness.on('change', look);
    look();
    return () => awareness.off('change', look);
  }, [awareness, myId]);
  return people;
}

/** Anybody may have written anything there. */
function personOf(user: unknown): Person | undefined {
  if (typeof user !== 'object' || user === null) return undefined;
  const { id, name, color } = user as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') return undefined;
  const isColor = typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color);
  return {
    id: typeof id === 'string' ? id : name,
    name: name.slice(0, 80),
    ...(isColor && { color }),
  };
}
