import type { CardCell } from './card-cell.ts';
import { LINE_CELLS } from './line-cells.ts';
import { PAGE_CELLS } from './page-cells.ts';
import { SHAPE_CELLS } from './shape-cells.ts';
import { TEXT_CELLS } from './text-cells.ts';

/** The whole test card: every type of annotation with every style of contract chapter 3. */
export const CELLS: readonly CardCell[] = [...SHAPE_CELLS, ...LINE_CELLS, ...TEXT_CELLS, ...PAGE_CELLS];
