import type { CanvasConnection } from '../../../client/index.ts';
import { toast } from '../../ui/toast.tsx';
import type { Stage } from '../view/stage.ts';

const count = (pixels: number): string =>
  `${pixels.toLocaleString('en')} ${pixels === 1 ? 'pixel' : 'pixels'}`;

/** Says what moderators do, while it happens. @param heard the same for screen readers that read no toasts */
export function announceModeration(
  connection: CanvasConnection,
  stage: Stage,
  heard: (words: string) => void,
): void {
  connection.on('lock', (lock) => {
    toast({
      title: 'A region was locked',
      detail: lock.reason || `${lock.width} × ${lock.height} at ${lock.x}, ${lock.y}`,
      tone: 'warning',
      key: `lock ${lock.id}`,
      action: { label: 'Show', run: () => stage.lookAtRect(lock) },
    });
  });
  connection.on('unlock', ({ reason }) => {
    toast({ title: 'A region is open again', tone: 'success', ...(reason ? { detail: reason } : {}) });
  });
  connection.on('rewind', ({ pixels, reason, region }) => {
    toast({
      title: `A moderator put back ${count(pixels)}`,
      key: 'rewind',
      ...(reason ? { detail: reason } : {}),
      ...(region ? { action: { label: 'Show', run: () => stage.lookAtRect(region) } } : {}),
    });
  });
  connection.on('palette', (palette) => {
    toast({ title: 'The palette changed', detail: `It has ${palette.length} colours now.`, key: 'palette' });
    heard('The palette changed');
  });
}
