import { Crosshair, Eye, EyeOff, ImagePlus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../ui/button.tsx';
import { CheckField, TextField } from '../../ui/field.tsx';
import { useCanvas } from '../live/canvas-context.ts';
import { attempt } from '../live/live-canvas.ts';
import styles from '../panel.module.css';
import { Slider } from '../slider.tsx';
import type { PlacedTemplate } from './placed-template.ts';
import type { TemplateScore } from './template-pixels.ts';

/** A picture to be painted, over the canvas: only this browser sees it. */
export function TemplatePanel() {
  const { templates } = useCanvas();
  const { template, score } = useStore(templates.store);
  if (template === undefined) return <Chooser />;
  return <Placed template={template} score={score} />;
}

function Chooser() {
  const { templates } = useCanvas();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (file: File | null | undefined): void => {
    if (file) void attempt('That is no picture that this browser can read', () => templates.take(file));
  };
  return (
    <div className={styles.stack}>
      <p className={styles.lead}>
        Put a picture over the canvas and paint it pixel by pixel. Its colours become those of the palette;
        only you see it.
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same */}
      <div
        className={styles.drop}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <ImagePlus size={28} aria-hidden />
        <span>Drop a picture here, or</span>
        <Button variant="primary" onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          aria-label="Picture"
          onChange={(event) => take(event.target.files?.[0])}
        />
      </div>
    </div>
  );
}

function Placed({
  template,
  score,
}: {
  readonly template: PlacedTemplate;
  readonly score: TemplateScore | undefined;
}) {
  const { templates, store, stage } = useCanvas();
  const { name, at, pixels, opacity, isVisible, marksWrong } = template;
  const number = (value: string): number => Math.round(Number(value)) || 0;
  const aim = (): void => {
    const done = (cell: { readonly x: number; readonly y: number }): void => templates.change({ at: cell });
    store.setState({ aim: { kind: 'cell', hint: 'Click where its upper left corner belongs', done } });
  };
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <span className={`${styles.cardTitle} ${styles.grow}`}>{name}</span>
        <IconButton
          label={isVisible ? 'Hide the template' : 'Show the template'}
          onClick={() => templates.change({ isVisible: !isVisible })}
        >
          {isVisible ? <Eye size={18} /> : <EyeOff size={18} />}
        </IconButton>
        <IconButton label="Take the template away" onClick={() => templates.remove()}>
          <Trash2 size={18} />
        </IconButton>
      </div>
      {score !== undefined && <Score score={score} />}
      <div className={styles.grid2}>
        <TextField
          label="From the left"
          type="number"
          value={at.x}
          onChange={(event) => templates.change({ at: { ...at, x: number(event.target.value) } })}
        />
        <TextField
          label="From the top"
          type="number"
          value={at.y}
          onChange={(event) => templates.change({ at: { ...at, y: number(event.target.value) } })}
        />
        <TextField
          key={pixels.width}
          label="Width"
          type="number"
          min={1}
          max={4096}
          defaultValue={pixels.width}
          hint={`${pixels.height} high`}
          onBlur={(event) =>
            templates.change({ width: Math.min(4096, Math.max(1, number(event.target.value))) })
          }
        />
      </div>
      <div className={styles.row}>
        <Button onClick={aim}>
          <Crosshair size={16} />
          Place by a click
        </Button>
        <Button onClick={() => stage.lookAtRect({ ...at, width: pixels.width, height: pixels.height })}>
          Look at it
        </Button>
      </div>
      <div>
        <div className={styles.heading}>Opacity: {Math.round(opacity * 100)} %</div>
        <Slider
          label="Opacity"
          valueText={`${Math.round(opacity * 100)} percent`}
          value={Math.round(opacity * 100)}
          min={0}
          max={100}
          step={5}
          onChange={(percent) => templates.change({ opacity: percent / 100 })}
        />
      </div>
      <CheckField
        label="Mark wrong pixels"
        checked={marksWrong}
        onChange={(event) => templates.change({ marksWrong: event.target.checked })}
      />
    </div>
  );
}

function Score({ score: { wanted, wrong } }: { readonly score: TemplateScore }) {
  const done = wanted === 0 ? 0 : (wanted - wrong) / wanted;
  return (
    <div className={styles.card} data-part="score">
      <span className={styles.figure}>{wrong.toLocaleString('en')}</span>
      <span className={styles.muted}>
        {`wrong of ${wanted.toLocaleString('en')} pixels · ${Math.floor(done * 100)} % done`}
      </span>
      <span className={styles.meter} aria-hidden>
        <span style={{ width: `${done * 100}%` }} />
      </span>
    </div>
  );
}
