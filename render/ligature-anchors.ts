import type { Font } from 'fontkit';

/** Of the parsed GPOS table (OpenType 1.9), what is used here. */
interface PositionSubtable {
  /** One list per ligature, with the anchors of each of its components. */
  readonly ligatureArray?: readonly unknown[][];
  /** What an extension subtable stands for. */
  readonly extension?: PositionSubtable;
}

interface PositionLookup {
  readonly lookupType: number;
  readonly subTables: readonly PositionSubtable[];
}

interface PositionTable {
  readonly lookupList: { toArray(): readonly PositionLookup[] };
}

const MARK_TO_LIGATURE = 5;
const EXTENSION = 9;
/** Letters and marks that one ligature can be made of. */
const MAX_COMPONENTS = 16;

/**
 * Makes fontkit place marks on ligatures that have marks within them. It counts the characters of such a ligature as
 * its components and then asks for the anchor of one that the font does not have: it throws, and a word such as the
 * Arabic name of God falls apart. The anchors of the last component are repeated for those.
 */
export function mendLigatureAnchors(font: Font): void {
  const table: PositionTable | undefined = Reflect.get(font, 'GPOS');
  for (const { lookupType, subTables } of table?.lookupList.toArray() ?? []) {
    if (lookupType !== MARK_TO_LIGATURE && lookupType !== EXTENSION) continue;
    for (const subtable of subTables) {
      for (const components of (subtable.extension ?? subtable).ligatureArray ?? []) {
        const last = components.at(-1);
        while (last !== undefined && components.length < MAX_COMPONENTS) components.push(last);
      }
    }
  }
}
