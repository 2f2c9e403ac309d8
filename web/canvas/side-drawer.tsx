import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '../ui/button.tsx';
import { LapsePanel } from './lapse/lapse-panel.tsx';
import { useCanvas } from './live/canvas-context.ts';
import { closePanel, type Panel } from './live/canvas-state.ts';
import { ModerationPanel } from './moderate/moderation-panel.tsx';
import styles from './side-drawer.module.css';
import { TemplatePanel } from './template/template-panel.tsx';
import { useToastsBeside } from './use-inset.ts';

const PANELS: Readonly<Record<Panel, { readonly title: string; readonly Content: () => React.ReactNode }>> = {
  lapse: { title: 'Time-lapse', Content: LapsePanel },
  template: { title: 'Template', Content: TemplatePanel },
  moderate: { title: 'Moderation', Content: ModerationPanel },
};

/** A menu that opened it gives the focus back to its own button first. */
const MENU_CLOSED_MS = 80;

/** What one does beside painting: at the right side, on a phone from below. The canvas beside it stays in use. */
export function SideDrawer({ panel }: { readonly panel: Panel }) {
  const { store } = useCanvas();
  const { title, Content } = PANELS[panel];
  const heading = useRef<HTMLHeadingElement>(null);
  const inset = useToastsBeside();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another panel begins at its heading too
  useEffect(() => {
    const before = document.activeElement;
    const timer = setTimeout(() => heading.current?.focus(), MENU_CLOSED_MS);
    return () => {
      clearTimeout(timer);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [panel]);
  return (
    <aside className={styles.drawer} ref={inset} aria-label={title}>
      <header className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        <IconButton
          label={`Close ${title.toLowerCase()}`}
          tooltipSide="left"
          onClick={() => closePanel(store)}
        >
          <X size={18} />
        </IconButton>
      </header>
      <div className={styles.body}>
        <Content key={panel} />
      </div>
    </aside>
  );
}
