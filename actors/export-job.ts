import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ExportOutcome, ExportScene } from '../protocol/annotation-messages.ts';
import type { ExportEffect } from '../protocol/effects.ts';
import type { DocumentId } from '../protocol/ids.ts';
import { Problem } from '../protocol/problem.ts';
import type { SceneRenderer } from './scene-renderer.ts';

export interface ExportJobParts {
  readonly pictures: SceneRenderer;
  /** Absolute. */
  readonly exportsDir: string;
  /** The scene of a document after event `seq`. */
  readonly sceneAt: (id: DocumentId, seq: number) => Promise<ExportScene>;
  /** Told of failures that are defects, not of those that an outcome explains. */
  readonly onDefect: (error: unknown) => void;
}

const MIME = { png: 'image/png', jpg: 'image/jpeg' } as const;
/** The part of the work that is behind when the picture is drawn; writing ends it. */
const RENDERED = 0.95;

/**
 * Renders one export to `{exportsDir}/{id}.{format}`: complete and on disk, or not there at all.
 * Resolves with what became of it; rejects only where `signal` ended it.
 */
export async function runExport(
  parts: ExportJobParts,
  documentId: DocumentId,
  effect: ExportEffect,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<ExportOutcome> {
  const { parameters, id } = effect;
  try {
    const scene = effect.scene ?? (await parts.sceneAt(documentId, effect.seq));
    const bytes = await parts.pictures.render(documentId, scene, parameters, signal, (part) =>
      onProgress(RENDERED * part),
    );
    signal.throwIfAborted();
    await writeWhole(join(parts.exportsDir, `${id}.${parameters.format}`), bytes);
    return { status: 'completed', mime: MIME[parameters.format], size: bytes.length };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Problem) {
      return { status: 'failed', error: { code: error.code, message: error.message } };
    }
    parts.onDefect(error);
    return { status: 'failed', error: { code: 'internal', message: 'The export failed.' } };
  }
}

/** Readers see the whole file or none; it is on disk before it has its name. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The name of a file is on disk when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
