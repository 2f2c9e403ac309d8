import type { CanvasAuditPage } from '../../../client/index.ts';

type Entry = Pick<CanvasAuditPage['items'][number], 'action' | 'details'>;

/** What a moderator did, in words. `details` are what the server tells of each action; what it leaves out is not said. */
export function auditWords({ action, details }: Entry): string {
  const numberOf = (name: string): number | undefined => {
    const value = details[name];
    return typeof value === 'number' ? value : undefined;
  };
  const place = (): string => {
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map(numberOf);
    return width === undefined ? 'a region' : `${width} × ${height} pixels at ${x}, ${y}`;
  };
  switch (action) {
    case 'lock':
      return `Locked ${place()}`;
    case 'unlock':
      return `Unlocked ${place()}`;
    case 'rewind': {
      const pixels = numberOf('pixels');
      const to = numberOf('to');
      const count = pixels === undefined ? '' : ` ${pixels.toLocaleString('en')} pixels`;
      return `Put back${count}${to === undefined ? '' : ` to event ${to}`}`;
    }
    case 'palette':
      return 'Changed the palette';
    case 'limits':
      return 'Changed the limits';
    case 'create':
      return 'Made the canvas';
    case 'archive':
      return 'Archived the canvas';
    case 'update':
      return typeof details['name'] === 'string' ? `Named it ${details['name']}` : 'Changed the canvas';
  }
}
