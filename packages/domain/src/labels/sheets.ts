/** How labels lie on a sheet, in millimetres. */
export interface SheetFormat {
  /** As it is printed on the box of such sheets. */
  name: string;
  page: readonly [width: number, height: number];
  columns: number;
  rows: number;
  label: readonly [width: number, height: number];
  /** From the corner of the page to the first label. */
  corner: readonly [left: number, top: number];
  /** From one label to the next, edge to same edge. */
  step: readonly [across: number, down: number];
}

const A4 = [210, 297] as const;
const LETTER = [215.9, 279.4] as const;

/** Common sheets, as Avery gives their measures, and plain paper for scissors. */
export const sheetFormats = {
  L7160: {
    name: "Avery L7160",
    page: A4,
    columns: 3,
    rows: 7,
    label: [63.5, 38.1],
    corner: [7.2, 15.15],
    step: [66.04, 38.1],
  },
  L7163: {
    name: "Avery L7163",
    page: A4,
    columns: 2,
    rows: 7,
    label: [99.1, 38.1],
    corner: [4.65, 15.15],
    step: [101.6, 38.1],
  },
  "5160": {
    name: "Avery 5160",
    page: LETTER,
    columns: 3,
    rows: 10,
    label: [66.675, 25.4],
    corner: [4.7625, 12.7],
    step: [69.85, 25.4],
  },
  "5163": {
    name: "Avery 5163",
    page: LETTER,
    columns: 2,
    rows: 5,
    label: [101.6, 50.8],
    corner: [3.96875, 12.7],
    step: [106.3625, 50.8],
  },
  A4: { name: "Plain A4", page: A4, columns: 4, rows: 7, label: [47, 39], corner: [11, 12], step: [47, 39] },
} as const satisfies Record<string, SheetFormat>;

export type SheetName = keyof typeof sheetFormats;

/** @returns Whether there is such a sheet. */
export const isSheetName = (name: string): name is SheetName => Object.hasOwn(sheetFormats, name);

/** Where one label lies. */
export interface LabelPlace {
  /** From 0. */
  page: number;
  left: number;
  top: number;
}

/** @returns Where the label with this number, from 0, lies: row by row, page by page. */
export function labelPlace({ columns, rows, corner, step }: SheetFormat, number: number): LabelPlace {
  const onPage = number % (columns * rows);
  const [column, row] = [onPage % columns, Math.floor(onPage / columns)];
  return {
    page: Math.floor(number / (columns * rows)),
    left: corner[0] + column * step[0],
    top: corner[1] + row * step[1],
  };
}

/** What a scanner wants around a code, in modules. */
export const QUIET_MODULES = 4;

const TEXT_MM = 4.2;
const EDGE_MM = 1.5;

/**
 * Where on a label its code and its two lines of text lie, in millimetres from its corner: the code in the middle with its
 * quiet zone, the text below it.
 *
 * @param modules How wide the code is.
 */
export function labelLayout({ label: [width, height] }: SheetFormat, modules: number) {
  const room = Math.min(width, height - TEXT_MM) - EDGE_MM;
  const module = room / (modules + 2 * QUIET_MODULES);
  return {
    module,
    left: (width - modules * module) / 2,
    top: EDGE_MM / 2 + QUIET_MODULES * module,
    text: height - TEXT_MM,
  };
}
