import { Download } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { NewRoomExport } from '../../../client/index.ts';
import { errorText } from '../../app/error-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, SelectField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useBoard, useBoardState } from '../board-context.ts';
import { useVersions } from '../versions/use-versions.ts';
import styles from './export.module.css';
import { ExportList } from './export-list.tsx';
import { closeExport, download, startExport, useExports } from './export-store.ts';
import { pixelsOf } from './export-words.ts';

const FORMATS = [
  { value: 'png', label: 'PNG' },
  { value: 'jpg', label: 'JPEG' },
] as const;
const SCALES = [0.5, 1, 2, 3, 4];
const NOW = 'now';

/** What of the board becomes a picture, and how. The picture is drawn by the server and saved by the browser. */
export function ExportDialog() {
  const { isOpen, seq } = useExports();
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => open || closeExport()}
      title="Export the board"
      description="The whole board as a picture file, drawn by the server."
    >
      {/* Each time as if it were the first, except for the list of what was exported. */}
      <Form key={String(seq)} seq={seq} />
    </Dialog>
  );
}

function Form({ seq }: { readonly seq: number | undefined }) {
  const board = useBoard();
  const { room } = board;
  const moment = useBoardState((state) => state.moment);
  const page = useBoardState((state) => state.page);
  const { versions = [] } = useVersions();
  const [what, setWhat] = useState(String(seq ?? moment?.seq ?? NOW));
  const [format, setFormat] = useState<'png' | 'jpg'>('png');
  const [scale, setScale] = useState('1');
  const [isTransparent, setTransparent] = useState(false);
  const [hasComments, setComments] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const states = [
    { value: NOW, label: 'The board as it is now' },
    ...(moment !== undefined && versions.every((version) => version.seq !== moment.seq)
      ? [{ value: String(moment.seq), label: moment.title }]
      : []),
    ...versions.map((version) => ({
      value: String(version.seq),
      label: version.tag ?? `Version of change ${version.seq}`,
    })),
  ];
  // Two versions of the same state are one picture.
  const options = states.filter(({ value }, at) => states.findIndex((state) => state.value === value) === at);
  const title = options.find(({ value }) => value === what)?.label ?? 'The board';

  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setProblem(undefined);
    setBusy(true);
    const picture: NewRoomExport = {
      format,
      scale: Number(scale),
      background: format === 'png' && isTransparent ? 'transparent' : 'white',
      includeComments: hasComments,
      ...(what !== NOW && { seq: Number(what) }),
    };
    try {
      const { jobId, problem: failure } = await startExport(board, picture, title);
      if (failure === undefined) download(jobId);
      else setProblem(failure);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void start(event)}>
      <SelectField
        label="What"
        options={options}
        value={what}
        onChange={(event) => setWhat(event.target.value)}
      />
      <div className={styles.row}>
        <div className={styles.choice}>
          <span className={styles.label}>Format</span>
          <Segmented label="Format" options={FORMATS} value={format} onChange={setFormat} />
        </div>
        <div className={styles.choice}>
          <span className={styles.label}>Scale</span>
          <Segmented
            label="Scale"
            options={SCALES.map((value) => ({ value: String(value), label: `${value}×` }))}
            value={scale}
            onChange={setScale}
          />
        </div>
      </div>
      {page !== undefined && (
        <p className={styles.size}>{pixelsOf(page.width, page.height, Number(scale))} pixels</p>
      )}
      <CheckField
        label="Transparent background"
        checked={format === 'png' && isTransparent}
        disabled={format !== 'png'}
        onChange={(event) => setTransparent(event.target.checked)}
      />
      <CheckField
        label="With numbered comments"
        checked={hasComments}
        onChange={(event) => setComments(event.target.checked)}
      />
      {problem !== undefined && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.actions}>
        <Button onClick={closeExport}>Close</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          <Download size={16} aria-hidden />
          {isBusy ? 'Exporting…' : 'Export'}
        </Button>
      </div>
      <ExportList roomId={room.id} />
    </form>
  );
}
