import type { ImageBlob, ImageRef } from '../../protocol/annotation-messages.ts';
import type { Document } from '../../protocol/entities.ts';
import type { DocumentId } from '../../protocol/ids.ts';
import { Problem } from '../../protocol/problem.ts';
import { FieldErrors } from '../field-errors.ts';
import type { Instant, Summary } from '../kind.ts';
import { checkText } from '../well-formed-text.ts';

/** The document's own fields; immutable. */
export interface DocumentFields {
  readonly wire: Document;
  readonly image: ImageRef | null;
  /** Of the page where there is no image, as its creator wanted it. */
  readonly page?: PageSize;
}

/** In pixels. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Page of a document without an image. */
const PAGE: PageSize = { width: 1280, height: 720 };
/** Where both sides are that long, a picture at half the scale is as large as one may be. */
const MAX_PAGE_SIDE = 20_000;
const NAME_BOUNDS = { min: 1, max: 256 };

/** `undefined` where the image was never fetched. */
export function pageSize({ image, page = PAGE }: Omit<DocumentFields, 'wire'>): PageSize | undefined {
  if (image === null) return page;
  const blob: ImageBlob | undefined = image.kind === 'url' ? image.copy : image.blob;
  return blob === undefined ? undefined : { width: blob.width, height: blob.height };
}

/** @throws Problem `invalid` */
export function checkName(name: string): void {
  const errors = new FieldErrors();
  checkText(name, NAME_BOUNDS, '/body/name', errors);
  errors.throwIfAny();
}

/** @throws Problem `invalid` */
export function checkPageSize(size: PageSize): void {
  const errors = new FieldErrors();
  for (const name of ['width', 'height'] as const) {
    const side = size[name];
    if (!Number.isInteger(side) || side < 1 || side > MAX_PAGE_SIDE) {
      errors.add(`/body/${name}`, `must be a whole number from 1 to ${MAX_PAGE_SIDE}`);
    }
  }
  errors.throwIfAny();
}

/** @throws Problem `version_conflict` where `version` is given and not the current one. */
export function checkVersion(current: number, version: number | undefined): void {
  if (version === undefined || version === current) return;
  throw new Problem('version_conflict', `The version is ${current}, not ${version}.`, {
    extra: { current_version: current },
  });
}

export function createFields(
  id: DocumentId,
  { name, image, size }: { readonly name: string; readonly image: ImageRef | null; readonly size?: PageSize },
  { at, by }: Instant,
): DocumentFields {
  const time = new Date(at).toISOString();
  const look = { image, ...(size === undefined ? {} : { page: size }) };
  return {
    ...look,
    wire: {
      id,
      name,
      ...imageWire(id, look),
      version: 1,
      status: 'active',
      created_at: time,
      updated_at: time,
      created_by: by,
      updated_by: by,
    },
  };
}

/** The fields after a change of one of them: the version goes up. */
export function changeFields(
  { wire, ...before }: DocumentFields,
  change: { readonly name?: string; readonly image?: ImageRef | null; readonly status?: Document['status'] },
  { at, by }: Instant,
): DocumentFields {
  const { width: _width, height: _height, ...rest } = wire;
  const look = change.image === undefined ? before : { ...before, image: change.image };
  return {
    ...look,
    wire: {
      ...rest,
      name: change.name ?? wire.name,
      ...imageWire(wire.id, look),
      version: wire.version + 1,
      status: change.status ?? wire.status,
      updated_at: new Date(at).toISOString(),
      updated_by: by,
    },
  };
}

/**
 * The image is the same, now with a copy of the server's own: its size is known. Readers see that, so that the version,
 * which is the document's ETag, goes up; nobody changed the document, so that times and authors stay.
 */
export function keepImage(fields: DocumentFields, copy: ImageBlob): DocumentFields {
  const { wire, image } = fields;
  if (image?.kind !== 'url') return fields;
  const { width, height } = copy;
  return {
    ...fields,
    wire: { ...wire, width, height, version: wire.version + 1 },
    image: { ...image, copy },
  };
}

export const toSummary = ({ wire }: DocumentFields): Summary => ({
  title: wire.name,
  createdAt: Date.parse(wire.created_at),
  updatedAt: Date.parse(wire.updated_at),
  deleted: wire.status === 'deleted',
  wire,
});

function imageWire(
  id: string,
  look: Omit<DocumentFields, 'wire'>,
): Pick<Document, 'image_url' | 'width' | 'height'> {
  return { image_url: look.image === null ? null : imageUrl(id, look.image), ...pageSize(look) };
}

function imageUrl(id: string, image: ImageRef): string {
  return image.kind === 'url' ? image.url : (image.inline ?? `/v1/rooms/${id}/image`);
}
