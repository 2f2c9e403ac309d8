import type { Annotation } from '../../protocol/entities.ts';
import type { Stamp } from './annotation-wire.ts';
import type { AnnotationFields } from './fields.ts';
import type { Reply } from './reply-tree.ts';

/** A key of the CRDT, and what readers know of it; alive where it is valid and active. */
export interface Entry extends Reply {
  /** As readers saw it last; absent where they never did. `active` exactly where it is seen. */
  wire: Annotation | undefined;
  /** Of the first time that it was seen, in milliseconds. */
  createdAt: number;
  /** 0, 1, 2, ... by when it was first seen; paints later what is higher. */
  rank: number;
}

export type Known = Entry & { wire: Annotation };

/** What a snapshot keeps of an entry that readers have seen: all of a deleted one, of others what the CRDT lacks. */
export type RestoredEntry = Pick<Entry, 'id' | 'createdAt' | 'isAnchor'> &
  ({ readonly wire: Annotation } | { readonly stamp: Stamp });

/** Stands for what an annotation said, where not even the CRDT knows any more. */
export const LOST: AnnotationFields = {
  type: 'comment',
  geometry: {},
  style: {},
  content: '',
  parent_id: null,
  group_id: null,
  resolved: false,
};

/** What replies to a comment belongs to its thread, and goes with it. */
export const canAnchor = ({ type }: Pick<Annotation, 'type'>): boolean => type !== 'comment';

const UNRANKED = Number.MAX_SAFE_INTEGER;

export const blankEntry = (id: string): Entry => ({
  id,
  alive: false,
  parent: null,
  hasPlace: false,
  sight: 'hidden',
  isAnchor: false,
  wire: undefined,
  createdAt: 0,
  rank: UNRANKED,
});
