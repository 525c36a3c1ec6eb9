/**
 * A few lines of source with the place in question underlined.
 *
 *       43 | for _, node := range nodes {
 *       44 |     asset := model.NewAsset(node.DNS, node.IP)
 *     > 45 |     w.Job.Send(&asset)
 *          |     ^^^^^^^^^^^^^^^^^^
 *
 * Tabs become spaces up to the next multiple of four, the indentation that all shown lines share is dropped, controls and bidi characters
 * are shown by their code points, wide characters count two columns: the carets stand under the text all the same. A line that is too
 * long is cut to a window around the place. Of a place over many lines the first are shown, with the count of the rest.
 */
import type { Location } from '../model/location.ts';
import { clusters, clusterWidth, displayWidth } from './display-width.ts';
import { inert } from './inert.ts';
import { type Painter, plain } from './options.ts';
import type { SourceLines } from './source-lines.ts';

export interface FrameOptions {
  /** Lines shown above and below. */
  readonly context: number;
  /** Columns that the frame may take. */
  readonly columns: number;
  readonly paint: Painter;
  /** Drawn under the place. */
  readonly underline: '^' | '-';
  /** The frame goes to the log of a GitHub job, where `##[` would begin a command; see `inert.ts`. */
  readonly inActionsLog: boolean;
}

const DEFAULTS: FrameOptions = {
  context: 1,
  columns: 100,
  paint: plain,
  underline: '^',
  inActionsLog: false,
};

const TAB = 4;
const MAX_PLACE_LINES = 6;
const MIN_CODE_COLUMNS = 24;

/** The drawn lines, without indentation; empty if the Report did not keep the line. */
export function codeFrame(
  source: SourceLines,
  at: Location,
  given: Partial<FrameOptions> = {},
): readonly string[] {
  const options = { ...DEFAULTS, ...given };
  const { context, paint } = options;
  const lastOfPlace = Math.min(placeEnd(at), at.line + MAX_PLACE_LINES - 1);
  const shown: { readonly number: number; readonly row: Row }[] = [];
  for (let number = at.line - context; number <= lastOfPlace + context; number++) {
    // Below a place that was cut there is no context: the lines that follow are the place itself.
    if (number > lastOfPlace && lastOfPlace < placeEnd(at)) break;
    const text = source(number);
    if (text !== undefined) shown.push({ number, row: layOut(text, options.inActionsLog) });
  }
  if (!shown.some((line) => line.number === at.line)) return [];
  // Empty lines at the edges show nothing.
  while (shown[0]!.number < at.line && shown[0]!.row.indent === shown[0]!.row.width) shown.shift();
  while (shown.at(-1)!.number > lastOfPlace && shown.at(-1)!.row.indent === shown.at(-1)!.row.width)
    shown.pop();

  const gutter = Math.max(...shown.map((line) => String(line.number).length));
  const indent = Math.min(...shown.filter((l) => l.row.indent < l.row.width).map((l) => l.row.indent));
  const drop = Number.isFinite(indent) ? indent : 0;
  const columns = Math.max(MIN_CODE_COLUMNS, options.columns - gutter - 5);

  const lines: string[] = [];
  for (const { number, row } of shown) {
    const place = number >= at.line && number <= lastOfPlace ? columnsOf(row, at, number) : undefined;
    const window = windowOn(row, drop, columns, place?.from ?? drop);
    const mark = place !== undefined && options.underline === '^' ? paint.red('>') : ' ';
    const margin = `${mark} ${paint.dim(`${String(number).padStart(gutter)} |`)}`;
    lines.push(`${margin} ${place ? window.text : paint.dim(window.text)}`.trimEnd());
    if (place === undefined || number !== at.line) continue;
    const carets = options.underline.repeat(Math.max(1, Math.min(place.to, window.to) - place.from));
    const space = ' '.repeat(Math.max(0, place.from - window.shift));
    lines.push(`  ${paint.dim(`${' '.repeat(gutter)} |`)} ${space}${paint.red(carets)}`);
  }
  const rest = placeEnd(at) - lastOfPlace;
  if (rest > 0)
    lines.push(
      `  ${paint.dim(`${' '.repeat(gutter)} | … and ${rest} more ${rest === 1 ? 'line' : 'lines'}`)}`,
    );
  return lines;
}

/** The last line that holds some of the place: an end at column 1 belongs to the line before. */
function placeEnd(at: Location): number {
  return at.endColumn === 1 && at.endLine > at.line ? at.endLine - 1 : at.endLine;
}

interface Cell {
  readonly text: string;
  /** Column on the screen, from 0. */
  readonly from: number;
  readonly width: number;
  /** Offset in the source line, in UTF-16 units. */
  readonly offset: number;
}

interface Row {
  readonly cells: readonly Cell[];
  readonly width: number;
  /** Columns of leading white space. */
  readonly indent: number;
  readonly length: number;
}

function layOut(text: string, inActionsLog: boolean): Row {
  const cells: Cell[] = [];
  let column = 0;
  let offset = 0;
  let indent: number | undefined;
  for (const cluster of clusters(text)) {
    let shown = cluster === '\t' ? ' '.repeat(TAB - (column % TAB)) : inert(cluster);
    if (inActionsLog && cluster.startsWith('[') && cells.at(-1)?.text[0] === '#') shown = ` ${shown}`;
    const width = shown === cluster ? clusterWidth(cluster) : displayWidth(shown);
    if (indent === undefined && shown.trim() !== '') indent = column;
    cells.push({ text: shown, from: column, width, offset });
    column += width;
    offset += cluster.length;
  }
  return { cells, width: column, indent: indent ?? column, length: offset };
}

/** The screen columns of the part of the place that lies on a line; at least one column, so that there is always a caret. */
function columnsOf(row: Row, at: Location, line: number): { readonly from: number; readonly to: number } {
  const start = line === at.line ? at.column - 1 : 0;
  const end = line === at.endLine ? at.endColumn - 1 : row.length;
  const from = columnAt(row, start);
  return { from, to: Math.max(from + 1, columnAt(row, end)) };
}

/** An offset inside a cluster counts as the cluster's start. */
function columnAt(row: Row, offset: number): number {
  if (offset >= row.length) return row.width;
  return row.cells.findLast((cell) => cell.offset <= offset)?.from ?? 0;
}

interface Window {
  readonly text: string;
  /** What to subtract from a column of the row to get one of the text. */
  readonly shift: number;
  /** The column of the row at which the text ends. */
  readonly to: number;
}

/** The cells of a line that are shown: all of them after the dropped indentation, or as many as fit, the place's beginning among them. */
function windowOn(row: Row, drop: number, columns: number, focus: number): Window {
  const fits = row.width - drop <= columns;
  // A third of the window stays before the place, so that one sees what it belongs to.
  const from = fits || focus - drop < columns * 0.6 ? drop : focus - Math.floor(columns / 3);
  const cells = row.cells.filter((cell) => cell.from >= from);
  const start = cells[0]?.from ?? drop;
  const left = from > drop ? '…' : '';
  const end = start + columns - left.length - 1;
  const visible = fits ? cells : cells.filter((cell) => cell.from + cell.width <= end);
  const right = visible.length < cells.length ? '…' : '';
  return {
    text: `${left}${visible.map((cell) => cell.text).join('')}${right}`,
    shift: start - left.length,
    to: fits ? Infinity : end,
  };
}
