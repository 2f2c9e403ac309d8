import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useTitle } from '../app/use-title.ts';
import { CanvasBanner } from './canvas-banner.tsx';
import { CanvasBar } from './canvas-bar.tsx';
import { useCanvasHotkeys } from './canvas-hotkeys.ts';
import styles from './canvas-page.module.css';
import { CanvasSurface } from './canvas-surface.tsx';
import { Dock } from './dock/dock.tsx';
import { CanvasContext, type CanvasTools } from './live/canvas-context.ts';
import { LiveCanvas } from './live/live-canvas.ts';
import { MissingCanvas } from './missing-canvas.tsx';
import { Pen } from './paint/pen.ts';
import { SideDrawer } from './side-drawer.tsx';
import { TemplateShelf } from './template/template-shelf.ts';
import { useShareLink } from './use-share-link.ts';
import { readPlace, viewOfPlace } from './view/place.ts';
import { Stage } from './view/stage.ts';
import { ViewControls } from './view-controls.tsx';

/** A pixel canvas that many paint at once. */
export default function CanvasPage({ canvasId }: { readonly canvasId: string }) {
  const [tools, setTools] = useState<CanvasTools>();
  useEffect(() => {
    const next = toolsOf(canvasId);
    next.live.start();
    next.templates.start();
    setTools(next);
    return () => {
      next.templates.stop();
      next.live.stop();
    };
  }, [canvasId]);
  if (tools === undefined) return null;
  return (
    <CanvasContext.Provider value={tools}>
      <OpenCanvas tools={tools} />
    </CanvasContext.Provider>
  );
}

function toolsOf(canvasId: string): CanvasTools {
  const stage = new Stage();
  const place = readPlace(window.location.search);
  if (place !== undefined) stage.begin((picture, screen) => viewOfPlace(place, picture, screen));
  const live = new LiveCanvas(canvasId, stage);
  return { live, stage, store: live.store, pen: new Pen(live), templates: new TemplateShelf(live) };
}

function OpenCanvas({ tools }: { readonly tools: CanvasTools }) {
  const name = useStore(tools.store, ({ facts }) => facts?.canvas.name);
  const isMissing = useStore(tools.store, ({ ended }) => ended?.code === 'not_found');
  const panel = useStore(tools.store, (state) => state.panel);
  useTitle(name);
  useCanvasHotkeys(tools);
  useShareLink(tools.stage);

  if (isMissing) return <MissingCanvas />;
  return (
    <div className={styles.page}>
      <CanvasBar />
      <main className={styles.main}>
        <div className={styles.stage} data-narrow={panel !== undefined}>
          <CanvasSurface />
          <CanvasBanner />
          <ViewControls />
          <Dock />
        </div>
        {panel && <SideDrawer panel={panel} />}
      </main>
    </div>
  );
}
