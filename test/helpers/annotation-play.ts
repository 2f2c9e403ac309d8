import * as Y from 'yjs';
import type { AnnotationState } from '../../documents/annotation/annotation-state.ts';
import { contentOf } from '../../documents/annotation/content.ts';
import type { AnnotationCommand, AnnotationContent } from '../../protocol/annotation-messages.ts';
import type { EntityId } from '../../protocol/ids.ts';
import { PICTURE } from './annotation-document.ts';
import type { ClientEdit, Step } from './annotation-steps.ts';
import { YjsClient } from './annotation-yjs-client.ts';

/** Turns steps into commands: knows the Yjs clients, who lag behind, and the contents of the versions. */
export function play(): (step: Step, state: AnnotationState) => AnnotationCommand | undefined {
  const clients = [0, 1, 2].map((index) => new YjsClient(100 + index));
  const contents = new Map<string, AnnotationContent>();
  let drawn = 0;
  const newKey = (): string => {
    drawn += 1;
    return drawnKey(drawn);
  };
  return (step, state) => {
    if (state.document === undefined) return { type: 'document.create', name: 'Plan', image: null };
    // The state before this command is what a version of it would capture.
    if (state.document.wire.status === 'active') {
      for (const { id } of state.versions.all()) if (!contents.has(id)) contents.set(id, contentOf(state));
    }
    const known = state.annotations.known();
    const idAt = (at: number): EntityId =>
      (known[at % Math.max(1, known.length)]?.id ?? newKey()) as EntityId;
    switch (step.do) {
      case 'create':
        return {
          type: 'annotation.create',
          annotation:
            step.parent === undefined ? step.input : { ...step.input, parent_id: idAt(step.parent) },
        };
      case 'update': {
        const { parent } = step;
        const parentChange = parent === undefined ? {} : { parent_id: parent === null ? null : idAt(parent) };
        return {
          type: 'annotation.update',
          id: idAt(step.target),
          change: { ...step.change, ...parentChange },
        };
      }
      case 'delete':
        return { type: 'annotation.delete', id: idAt(step.target) };
      case 'rename':
        return { type: 'document.update', name: step.name };
      case 'image':
        return imageCommand(step.kind);
      case 'version':
        return {
          type: 'version.create',
          change_summary: 'kept',
          ...(step.tag === undefined ? {} : { tag: step.tag }),
        };
      case 'revert': {
        const versions = state.versions.all();
        const version = versions[step.target % Math.max(1, versions.length)];
        const content = version && contents.get(version.id);
        return version && content && { type: 'document.revert', version_id: version.id as EntityId, content };
      }
      case 'export':
        return {
          type: 'export.request',
          parameters: { format: 'png', scale: 1, background: 'white', include_comments: false },
        };
      case 'finish': {
        const jobs = state.exports.all();
        const id = (jobs[step.target % Math.max(1, jobs.length)]?.id ?? newKey()) as EntityId;
        return {
          type: 'export.finish',
          id,
          outcome: step.ok
            ? { status: 'completed', mime: 'image/png', size: 10 }
            : { status: 'failed', error: { code: 'render_failed', message: 'no' } },
        };
      }
      case 'pull':
        clients[step.client]?.pull(state);
        return undefined;
      case 'draw':
        return drawCommand(clients[step.client], step.edits, newKey);
      case 'close':
        return step.sure ? { type: 'document.delete' } : { type: 'document.delete', version: 999 };
    }
  };
}

const drawnKey = (number: number): string =>
  `11111111-1111-4111-8111-${number.toString(16).padStart(12, '0')}`;

function imageCommand(kind: 0 | 1 | 2 | 3): AnnotationCommand {
  const url = 'https://example.org/a.png';
  switch (kind) {
    case 0:
      return { type: 'document.update', image: null };
    case 1:
      return { type: 'document.update', image: { kind: 'url', url } };
    case 2:
      return {
        type: 'document.update',
        image: { kind: 'blob', blob: PICTURE, inline: 'data:image/png;base64,AA==' },
      };
    case 3:
      return { type: 'document.keepImage', url, copy: PICTURE };
  }
}

function drawCommand(
  client: YjsClient | undefined,
  edits: readonly ClientEdit[],
  newKey: () => string,
): AnnotationCommand | undefined {
  if (client === undefined) return undefined;
  const update = client.edit((annotations) => {
    for (const edit of edits) apply(annotations, edit, newKey);
  });
  return { type: 'annotations.merge', update };
}

function apply(
  annotations: Y.Map<unknown>,
  { target, field, number, text: words }: ClientEdit,
  newKey: () => string,
): void {
  const keys = [...annotations.keys()].sort();
  const key = keys[target % Math.max(1, keys.length)];
  const entry = key === undefined ? undefined : annotations.get(key);
  if (field === 'new' || key === undefined || !(entry instanceof Y.Map)) {
    annotations.set(newKey(), box(number, words));
    return;
  }
  switch (field) {
    case 'geometry':
      entry.set('geometry', number > 8 ? { x: 'wrong' } : { x: number, y: 0, width: 1, height: 2 });
      return;
    case 'style': {
      const style: unknown = entry.get('style');
      if (style instanceof Y.Map) style.set('stroke_width', number > 10 ? 'thick' : number);
      return;
    }
    case 'content': {
      const content: unknown = entry.get('content');
      if (content instanceof Y.Text) content.insert(Math.min(number, content.length), words);
      return;
    }
    case 'parent':
      entry.set('parent_id', number > 8 ? null : (keys[number % keys.length] ?? null));
      return;
    case 'status':
      entry.set('status', number > 5 ? 'deleted' : 'active');
      return;
    case 'remove':
      annotations.delete(key);
      return;
    case 'rubbish':
      if (number > 6) annotations.set(key, words);
      else entry.set(number > 3 ? 'type' : 'content', number);
      return;
    case 'same':
      entry.set('geometry', entry.get('geometry'));
      return;
    case 'comment':
      annotations.set(newKey(), comment(number, keys[number % keys.length]));
      return;
    case 'again':
      annotations.set(drawnKey(1 + (number % 4)), number > 5 ? box(number, words) : comment(number, key));
      return;
    case 'place':
      if (number > 9) entry.delete('geometry');
      else entry.set('geometry', { x: number % 4, y: number % 2 });
      return;
    case 'kind':
      entry.set('type', number > 5 ? 'comment' : 'text');
      entry.set('geometry', { x: number, y: 1 });
      entry.delete('resolved');
      return;
  }
}

function comment(x: number, parent: string | undefined): Y.Map<unknown> {
  return new Y.Map<unknown>([
    ['type', 'comment'],
    ['geometry', { x, y: 3 }],
    ['parent_id', parent ?? null],
  ]);
}

function box(x: number, content: string): Y.Map<unknown> {
  return new Y.Map<unknown>([
    ['type', 'box'],
    ['geometry', { x, y: 0, width: 1, height: 2 }],
    ['style', new Y.Map<unknown>([['stroke', 'blue']])],
    ['content', new Y.Text(content)],
    ['status', 'active'],
  ]);
}
