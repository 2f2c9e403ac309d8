import type { Annotation } from '../../protocol/entities.ts';
import type { Instant } from '../kind.ts';
import type { AnnotationFields } from './fields.ts';
import { isEqualPlain } from './plain.ts';

/** What only the log knows of an annotation. */
export type Stamp = Pick<Annotation, 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>;

export const stampOf = ({ version, created_at, created_by, updated_at, updated_by }: Annotation): Stamp => ({
  version,
  created_at,
  created_by,
  updated_at,
  updated_by,
});

/** Of an annotation that is new. */
export function newStamp({ at, by }: Instant): Stamp {
  const time = new Date(at).toISOString();
  return { version: 1, created_at: time, created_by: by, updated_at: time, updated_by: by };
}

/** Of an annotation that changes now. */
export const nextStamp = ({ version, created_at, created_by }: Annotation, { at, by }: Instant): Stamp => ({
  version: version + 1,
  created_at,
  created_by,
  updated_at: new Date(at).toISOString(),
  updated_by: by,
});

/** What readers are shown of an entry. */
export interface Look extends AnnotationFields {
  /** A comment whose anchor is gone: it stays, and its geometry is where it stands. */
  readonly orphaned?: true;
}

/** Its members always stand in this order: a deleted one is written into snapshots as it is. */
export function toWire(id: string, documentId: string, look: Look, stamp: Stamp): Annotation {
  const { type, geometry, style, content, parent_id, group_id, resolved, orphaned } = look;
  const { version, created_at, updated_at, created_by, updated_by } = stamp;
  return {
    id,
    document_id: documentId,
    type,
    geometry,
    style,
    content,
    parent_id,
    group_id,
    ...(resolved === undefined ? {} : { resolved }),
    ...(orphaned === undefined ? {} : { orphaned }),
    version,
    status: 'active',
    created_at,
    updated_at,
    created_by,
    updated_by,
  };
}

/** Whether readers see an annotation so already. */
export const hasLook = (wire: Annotation, look: Look): boolean =>
  wire.type === look.type &&
  wire.content === look.content &&
  wire.parent_id === look.parent_id &&
  wire.group_id === look.group_id &&
  wire.resolved === look.resolved &&
  wire.orphaned === look.orphaned &&
  isEqualPlain(wire.geometry, look.geometry) &&
  isEqualPlain(wire.style, look.style);
