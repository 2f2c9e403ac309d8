import { AlignCenter, AlignLeft, AlignRight, Bold, Italic } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { useBoard } from '../board-context.ts';
import { applyStyle } from '../commands.ts';
import { type StyleSubject, sharedText } from './current-style.ts';
import styles from './style.module.css';

const FAMILIES = [
  { value: 'sans', css: 'sans-serif', label: 'Sans' },
  { value: 'serif', css: 'serif', label: 'Serif' },
  { value: 'mono', css: 'monospace', label: 'Mono' },
] as const;
const WEIGHTS = [
  { value: 300, label: 'Light' },
  { value: 400, label: 'Regular' },
  { value: 600, label: 'Semibold' },
  { value: 700, label: 'Bold' },
  { value: 900, label: 'Black' },
] as const;
const SIZES = [10, 12, 14, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128];
const ALIGNMENTS = [
  { value: 'left', label: 'Align left', icon: <AlignLeft size={18} /> },
  { value: 'center', label: 'Align centre', icon: <AlignCenter size={18} /> },
  { value: 'right', label: 'Align right', icon: <AlignRight size={18} /> },
] as const;
const BOLD = 700;
const REGULAR = 400;

/** How words look: family, size, weight, slant, alignment. */
export function TextControls({ subject }: { readonly subject: StyleSubject }) {
  const board = useBoard();
  const family = sharedText(subject, 'font_family', 'family');
  const size = sharedText(subject, 'font_size', 'size');
  const weight = sharedText(subject, 'font_weight', 'weight');
  const italic = sharedText(subject, 'font_style', 'italic');
  const align = sharedText(subject, 'text_align', 'align');
  const isBold = weight !== undefined && weight >= 600;
  return (
    <>
      <select
        className={styles.select}
        aria-label="Font"
        value={family ?? ''}
        onChange={(event) => {
          const chosen = FAMILIES.find(({ value }) => value === event.target.value);
          if (chosen !== undefined) applyStyle(board, { font_family: chosen.css });
        }}
      >
        {family === undefined && <option value="">Mixed</option>}
        {FAMILIES.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label="Font size"
        value={size ?? ''}
        onChange={(event) => applyStyle(board, { font_size: Number(event.target.value) })}
      >
        {size === undefined && <option value="">–</option>}
        {size !== undefined && !SIZES.includes(size) && (
          <option value={size}>{Math.round(size * 10) / 10}</option>
        )}
        {SIZES.map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label="Font weight"
        value={weight ?? ''}
        onChange={(event) => applyStyle(board, { font_weight: Number(event.target.value) })}
      >
        {weight === undefined && <option value="">Mixed</option>}
        {weight !== undefined && !WEIGHTS.some(({ value }) => value === weight) && (
          <option value={weight}>{weight}</option>
        )}
        {WEIGHTS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <IconButton
        label="Bold"
        aria-pressed={isBold}
        onClick={() => applyStyle(board, { font_weight: isBold ? REGULAR : BOLD })}
      >
        <Bold size={18} />
      </IconButton>
      <IconButton
        label="Italic"
        aria-pressed={italic === true}
        onClick={() => applyStyle(board, { font_style: italic === true ? 'normal' : 'italic' })}
      >
        <Italic size={18} />
      </IconButton>
      {ALIGNMENTS.map(({ value, label, icon }) => (
        <IconButton
          key={value}
          label={label}
          aria-pressed={align === value}
          onClick={() => applyStyle(board, { text_align: value })}
        >
          {icon}
        </IconButton>
      ))}
    </>
  );
}
