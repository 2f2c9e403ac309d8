import { Download, Gauge, History, Image, Link2, MoreVertical, Shield, Users } from 'lucide-react';
import { useState } from 'react';
import { canvasesApi } from '../app/api.ts';
import { TopBar } from '../app/top-bar.tsx';
import { IconButton } from '../ui/button.tsx';
import { ConnectionBadge } from '../ui/connection-badge.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import styles from './canvas-bar.module.css';
import { useCanvas, useCanvasState } from './live/canvas-context.ts';
import type { Panel } from './live/canvas-state.ts';
import { NameOffer } from './name-offer.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { shareUrl } from './use-share-link.ts';

const PANELS = [
  { panel: 'lapse', label: 'Time-lapse', icon: <History size={18} /> },
  { panel: 'template', label: 'Template', icon: <Image size={18} /> },
  { panel: 'moderate', label: 'Moderation', icon: <Shield size={18} /> },
] as const;
const PICTURES = [
  { label: 'PNG, one pixel a cell', format: 'png', scale: 1 },
  { label: 'PNG, four times as large', format: 'png', scale: 4 },
  { label: 'JPEG', format: 'jpg', scale: 1 },
] as const;

/** The bar above: what the canvas is called, how the connection is, and what else one can do. */
export function CanvasBar() {
  const { stage, store } = useCanvas();
  const [link, setLink] = useState<string>();
  const open = useCanvasState((state) => state.panel);
  const facts = useCanvasState((state) => state.facts);
  const toggle = (panel: Panel) => (): void => store.setState({ panel: open === panel ? undefined : panel });
  const share = async (): Promise<void> => {
    const url = shareUrl(stage);
    try {
      await navigator.clipboard.writeText(url);
      toast({ title: 'Link copied', detail: 'It shows what you see now.', tone: 'success', key: 'link' });
    } catch {
      // Only pages of a secure origin may, and only where the user lets them.
      setLink(url);
    }
  };
  const downloads = PICTURES.map(({ label, format, scale }) => {
    const save = (): void => {
      if (facts !== undefined) download(facts.canvas.id, facts.canvas.name, format, scale);
    };
    return (
      <MenuItem key={label} onSelect={save}>
        {label}
      </MenuItem>
    );
  });
  return (
    <TopBar
      end={
        <>
          <span className={styles.wide}>
            <IconButton label="Copy a link to this view" onClick={() => void share()}>
              <Link2 size={18} />
            </IconButton>
            <Menu
              align="end"
              trigger={
                <IconButton label="Download a picture">
                  <Download size={18} />
                </IconButton>
              }
            >
              {downloads}
            </Menu>
            <span className={styles.line} />
            {PANELS.map(({ panel, label, icon }) => (
              <IconButton key={panel} label={label} aria-pressed={open === panel} onClick={toggle(panel)}>
                {icon}
              </IconButton>
            ))}
          </span>
          <span className={styles.narrow}>
            <Menu
              align="end"
              trigger={
                <IconButton label="More">
                  <MoreVertical size={18} />
                </IconButton>
              }
            >
              {PANELS.map(({ panel, label, icon }) => (
                <MenuItem key={panel} icon={icon} onSelect={toggle(panel)}>
                  {label}
                </MenuItem>
              ))}
              <MenuSeparator />
              <MenuItem icon={<Link2 size={18} />} onSelect={() => void share()}>
                Copy a link to this view
              </MenuItem>
              {downloads}
            </Menu>
          </span>
        </>
      }
    >
      <h1 className={styles.name}>{facts?.canvas.name ?? ''}</h1>
      <LiveFigures />
      <NameOffer />
      <ShareDialog link={link} onClose={() => setLink(undefined)} />
    </TopBar>
  );
}

/** Connection, latency, how many are here. */
function LiveFigures() {
  const status = useCanvasState((state) => state.status);
  const saved = useCanvasState((state) => state.saved);
  const online = useCanvasState((state) => state.online);
  const latencyMs = useCanvasState((state) => state.latencyMs);
  const isPainter = useCanvasState(({ facts }) => facts !== undefined && facts.you !== null);
  const isLive = status.name === 'live';
  return (
    <>
      <ConnectionBadge status={status} saved={isPainter ? saved : undefined} />
      {isLive && latencyMs !== undefined && (
        <Tooltip label="From painting to the server's disk: the median of the last pixels">
          <span className={styles.figure} data-figure="latency">
            <Gauge size={14} aria-hidden />
            {Math.max(1, Math.round(latencyMs))} ms
          </span>
        </Tooltip>
      )}
      {isLive && (
        <Tooltip label={online === 1 ? 'Only you are here' : `${online} windows are open here`}>
          <span className={styles.figure} data-figure="online">
            <Users size={14} aria-hidden />
            {online.toLocaleString('en')}
            <span className="visually-hidden"> online</span>
          </span>
        </Tooltip>
      )}
    </>
  );
}

function download(canvasId: string, name: string, format: 'png' | 'jpg', scale: number): void {
  const anchor = document.createElement('a');
  anchor.href = canvasesApi.snapshotUrl(canvasId, { format, scale });
  anchor.download = `${name}.${format}`;
  anchor.click();
}
