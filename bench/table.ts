import { isMet, type Row } from './result.ts'

const HEADING = ['', 'target', 'median', '(min .. max)', 'floor', 'of', '']

/** The rows as aligned text. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [HEADING, ...rows.map(cellsOf)]
  const widths = HEADING.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)))
  return cells
    .map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map(line => line.trimEnd())
    .join('\n')
}

function cellsOf(row: Row): readonly string[] {
  const { name, unit, measured, target, floor } = row
  return [
    name,
    target === undefined ? '' : `<= ${target} ${unit}`,
    `${shown(measured.median)} ${unit}`,
    `(${shown(measured.min)} .. ${shown(measured.max)})`,
    floor === undefined ? '' : `${shown(floor.value)} ${unit}`,
    floor?.of ?? '',
    target === undefined ? '' : isMet(row) ? 'ok' : 'OVER',
  ]
}

/** Three digits that count. */
function shown(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
