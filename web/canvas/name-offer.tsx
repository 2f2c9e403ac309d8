import { useEffect } from 'react';
import { useIdentity } from '../app/identity.ts';
import { toast } from '../ui/toast.tsx';
import { useCanvas, useCanvasState } from './live/canvas-context.ts';
import { attempt } from './live/live-canvas.ts';
import { painterName } from './live/painter-name.ts';

/** Who changes the name elsewhere is asked whether to paint under it: what was painted keeps the old one. */
export function NameOffer() {
  const { live } = useCanvas();
  const name = useIdentity((identity) => painterName(identity.name));
  const sessionName = useCanvasState(({ session }) => session?.name);
  useEffect(() => {
    if (sessionName === undefined || name === undefined || sessionName === name) return;
    const paintAs = async (): Promise<void> => {
      if (await attempt('The name was not changed', () => live.session.rename(name))) await live.rejoin();
    };
    toast({
      title: `You paint as ${sessionName}`,
      detail: `Your name here is ${name} now.`,
      key: 'name',
      action: { label: 'Use it', run: () => void paintAs() },
    });
  }, [live, name, sessionName]);
  return null;
}
