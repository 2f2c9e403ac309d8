import fc from 'fast-check';
import type { TextState } from '../../documents/text/text-state.ts';
import type { TextCommand } from '../../protocol/text-messages.ts';

/** What happens to a text document, as plain data. */
export type TextStep =
  | { readonly do: 'create'; readonly crdt: 'opaque' | 'yjs'; readonly owner: string | null }
  | { readonly do: 'title'; readonly title: string }
  | { readonly do: 'delete' | 'restore' | 'drop' }
  | { readonly do: 'update'; readonly actorId: string; readonly delta: Uint8Array; readonly base?: number }
  /** `behind`: how many events before the head; below 0 it is ahead. */
  | { readonly do: 'snapshot' | 'compact'; readonly behind: number; readonly bytes: Uint8Array };

/** Yjs v1 updates that insert something; others are refused by Yjs documents. */
export const YJS_UPDATE = Uint8Array.of(1, 1, 5, 0, 4, 1, 1, 116, 1, 97, 0);

const bytes = fc.oneof(
  { weight: 3, arbitrary: fc.constant(YJS_UPDATE) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 40 }) },
);

const step: fc.Arbitrary<TextStep> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('create' as const),
      crdt: fc.constantFrom('opaque' as const, 'yjs' as const),
      owner: fc.option(fc.string({ maxLength: 5 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('title' as const), title: fc.string({ maxLength: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'restore', 'drop') }) },
  {
    weight: 12,
    arbitrary: fc.record(
      {
        do: fc.constant('update' as const),
        actorId: fc.string({ minLength: 1, maxLength: 5 }),
        delta: bytes,
        base: fc.nat(100),
      },
      { requiredKeys: ['do', 'actorId', 'delta'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('snapshot' as const, 'compact'),
      behind: fc.integer({ min: -2, max: 20 }),
      bytes,
    }),
  },
);

/** Nearly always a document that exists. */
export const textSteps: fc.Arbitrary<readonly TextStep[]> = fc
  .tuple(
    fc.constantFrom<TextStep[]>(
      [],
      [{ do: 'create', crdt: 'opaque', owner: null }],
      [{ do: 'create', crdt: 'opaque', owner: 'ann' }],
      [{ do: 'create', crdt: 'yjs', owner: null }],
    ),
    fc.array(step, { maxLength: 60, size: 'max' }),
  )
  .map(([first, rest]) => [...first, ...rest]);

export const playText =
  () =>
  (next: TextStep, state: TextState): TextCommand => {
    const head = state.snapshot.version + state.tail.length;
    switch (next.do) {
      case 'create':
        return { type: 'document.create', title: 'Notes', owner_id: next.owner, crdt: next.crdt };
      case 'title':
        return { type: 'document.update', title: next.title };
      case 'delete':
      case 'restore':
        return { type: 'document.update', deleted: next.do === 'delete' };
      case 'drop':
        return { type: 'document.delete' };
      case 'update': {
        const { actorId, delta, base } = next;
        return { type: 'update', actorId, delta, ...(base === undefined ? {} : { baseVersion: base }) };
      }
      case 'snapshot':
      case 'compact':
        return { type: next.do, version: Math.max(0, head - next.behind), bytes: next.bytes };
    }
  };

/** Everything that readers can see. Bytes are told by their content: views differ in what they are views of. */
export const observeText = (state: TextState): unknown => ({
  document: state.document,
  snapshot: { version: state.snapshot.version, bytes: Buffer.from(state.snapshot.bytes).toString('hex') },
  unmerged: state.unmerged,
  tail: state.tail.map((fact) =>
    fact.type === 'update' ? { ...fact, delta: Buffer.from(fact.delta).toString('hex') } : fact,
  ),
  tailBytes: state.tailBytes,
});
