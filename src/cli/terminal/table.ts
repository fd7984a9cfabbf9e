import { displayWidth } from '../../core/workflow/display-width.ts'
import { escapeText } from '../../core/workflow/escape-text.ts'
import { cutTo, padTo } from './cut.ts'
import type { Style, Terminal } from './terminal.ts'

export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** May be cut, down to so many columns, where the terminal is too narrow. */
  readonly least?: number
  /** If cutting is not enough, columns are left out, the highest number first; without one it always stays. */
  readonly leave?: number
}

export interface Row {
  /** One for each column; escaped here. */
  readonly cells: readonly string[]
  readonly style?: Style
}

const GAP = '  '

/** A table whose lines fit the terminal, whatever the cells hold: a title line, then one line for each row. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly Row[],
  terminal: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const safe = rows.map(({ cells, style }) => ({ cells: cells.map(escapeText), style }))
  const natural = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...safe.map(({ cells }) => displayWidth(cells[index] ?? ''))),
  )
  const total = terminal.width()
  const widths = fittedWidths(columns, natural, total)
  const line = (cells: readonly string[]) => cutTo(lineOf(columns, widths, cells), total)
  return [
    terminal.paint('bold', line(columns.map(({ title }) => title))),
    ...safe.map(({ cells, style }) => (style ? terminal.paint(style, line(cells)) : line(cells))),
  ]
}

/** @returns for each column its width, undefined for one that is left out */
function fittedWidths(
  columns: readonly Column[],
  natural: readonly number[],
  total: number,
): readonly (number | undefined)[] {
  const widths: (number | undefined)[] = [...natural]
  for (;;) {
    const excess = lengthOf(widths) - total
    if (excess <= 0) return widths
    const next = columnToCut(columns, widths) ?? columnToLeave(columns, widths)
    if (next === undefined) return widths
    const { index, least } = next
    widths[index] = least === undefined ? undefined : Math.max(least, (widths[index] ?? 0) - excess)
  }
}

function lengthOf(widths: readonly (number | undefined)[]): number {
  const shown = widths.filter(width => width !== undefined)
  return shown.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, shown.length - 1)
}

/** The widest one that may still be cut. */
function columnToCut(columns: readonly Column[], widths: readonly (number | undefined)[]) {
  let found: { readonly index: number; readonly least: number; readonly width: number } | undefined
  for (const [index, { least }] of columns.entries()) {
    const width = widths[index]
    if (width === undefined || least === undefined || width <= least) continue
    if (found === undefined || width > found.width) found = { index, least, width }
  }
  return found
}

function columnToLeave(columns: readonly Column[], widths: readonly (number | undefined)[]) {
  let found: { readonly index: number; readonly leave: number; readonly least?: undefined } | undefined
  for (const [index, { leave }] of columns.entries()) {
    if (widths[index] === undefined || leave === undefined) continue
    if (found === undefined || leave > found.leave) found = { index, leave }
  }
  return found
}

function lineOf(
  columns: readonly Column[],
  widths: readonly (number | undefined)[],
  cells: readonly string[],
): string {
  const parts = columns.flatMap(({ align }, index) => {
    const width = widths[index]
    if (width === undefined) return []
    const text = cutTo(cells[index] ?? '', width)
    return [
      align === 'right' ? ' '.repeat(Math.max(0, width - displayWidth(text))) + text : padTo(text, width),
    ]
  })
  return parts.join(GAP).trimEnd()
}
