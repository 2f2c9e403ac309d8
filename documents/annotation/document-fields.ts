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
}

/** Page of a document without an image, in pixels. */
const PAGE = { width: 1280, height: 720 };
const NAME_BOUNDS = { min: 1, max: 256 };

/** Size in pixels; `undefined` where the image was never fetched. */
export function pageSize(
  image: ImageRef | null,
): { readonly width: number; readonly height: number } | undefined {
  if (image === null) return PAGE;
  const blob: ImageBlob | undefined = image.kind === 'url' ? image.copy : image.blob;
  return blob === undefined ? undefined : { width: blob.width, height: blob.height };
}

/** @throws Problem `invalid` */
export function checkName(name: string): void {
  const errors = new FieldErrors();
  checkText(name, NAME_BOUNDS, '/body/name', errors);
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
  { name, image }: { readonly name: string; readonly image: ImageRef | null },
  { at, by }: Instant,
): DocumentFields {
  const time = new Date(at).toISOString();
  return {
    image,
    wire: {
      id,
      name,
      ...imageWire(id, image),
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
  { wire, image }: DocumentFields,
  change: { readonly name?: string; readonly image?: ImageRef | null; readonly status?: Document['status'] },
  { at, by }: Instant,
): DocumentFields {
  const { width: _width, height: _height, ...rest } = wire;
  const nextImage = change.image === undefined ? image : change.image;
  return {
    image: nextImage,
    wire: {
      ...rest,
      name: change.name ?? wire.name,
      ...imageWire(wire.id, nextImage),
      version: wire.version + 1,
      status: change.status ?? wire.status,
      updated_at: new Date(at).toISOString(),
      updated_by: by,
    },
  };
}

/**
 * The image is the same, now with a copy of the server's own: its size is known. Nobody changed the document, so that
 * its version stays and nobody's conditional write fails.
 */
export function keepImage({ wire, image }: DocumentFields, copy: ImageBlob): DocumentFields {
  if (image?.kind !== 'url') return { wire, image };
  return { wire: { ...wire, width: copy.width, height: copy.height }, image: { ...image, copy } };
}

export const toSummary = ({ wire }: DocumentFields): Summary => ({
  title: wire.name,
  createdAt: Date.parse(wire.created_at),
  updatedAt: Date.parse(wire.updated_at),
  deleted: wire.status === 'deleted',
  wire,
});

function imageWire(id: string, image: ImageRef | null): Pick<Document, 'image_url' | 'width' | 'height'> {
  return { image_url: image === null ? null : imageUrl(id, image), ...pageSize(image) };
}

function imageUrl(id: string, image: ImageRef): string {
  return image.kind === 'url' ? image.url : (image.inline ?? `/v1/rooms/${id}/image`);
}
