import { duration, tickLabel, timeScale } from './scale.mjs'
import { marker } from './series.mjs'
import { element, fitted, GRID, INK, pathOf, SOFT, textAt, tooltip } from './svg.mjs'

/** @typedef {import('../distribution.mjs').Distribution} Distribution */
/** @typedef {{ readonly label: string, readonly color: string, readonly quantiles: Distribution }} Row */
/** @typedef {{ readonly left: number, readonly top: number, readonly width: number }} Place */

/** @type {readonly (readonly ['p50' | 'p90' | 'p99', string, import('./series.mjs').Shape])[]} */
const MARKS = [
  ['p50', 'median (p50)', 'circle'],
  ['p90', '90 % last at most (p90)', 'square'],
  ['p99', '99 % (p99)', 'diamond'],
]
const ROW = 28
const COLUMN = 84
const LABEL_LETTERS = 19
const LEGEND_OFFSETS = [4, 118, 296]

/** @param {number} rows */
export function dwellHeight(rows) {
  return rows * ROW + 76
}

/**
 * Quantiles of the length of visits: a row for each floor, with the numbers beside.
 *
 * @param {readonly Row[]} rows
 * @param {Place} place of the plot: names stand left of it, numbers right
 */
export function dwellPanel(rows, { left, top, width }) {
  const longest = Math.max(0, ...rows.map(({ quantiles }) => quantiles.p99 ?? 0))
  const scale = timeScale(longest)
  const x = (/** @type {number} */ seconds) => left + (width * seconds) / scale.end
  const body = { top: top + 32, bottom: top + 32 + rows.length * ROW }
  return [
    ...markLegend(left, top),
    ...timeAxis(scale, x, body),
    textAt(left + width / 2, body.bottom + 40, 'Length of a visit', {
      'text-anchor': 'middle',
      fill: SOFT,
      class: 'soft',
    }),
    ...MARKS.map(([name], index) => numberAt(left, width, index, top + 4, name, SOFT, 'soft')),
    numberAt(left, width, MARKS.length, top + 4, 'visits', SOFT, 'soft'),
    ...rows.flatMap((row, index) => rowMarks(row, x, body.top + (index + 0.5) * ROW, left, width)),
  ]
}

/**
 * @param {number} left
 * @param {number} top
 */
function markLegend(left, top) {
  return MARKS.flatMap(([, label, shape], index) => {
    const x = left + (LEGEND_OFFSETS[index] ?? 0)
    return [marker(shape, x, top, SOFT), textAt(x + 12, top + 4, label, { fill: SOFT, class: 'soft' })]
  })
}

/**
 * @param {import('./scale.mjs').Scale} scale
 * @param {(seconds: number) => number} x
 * @param {{ readonly top: number, readonly bottom: number }} body
 */
function timeAxis(scale, x, { top, bottom }) {
  return scale.ticks.flatMap(tick => [
    element('path', {
      d: pathOf([
        [x(tick), top],
        [x(tick), bottom],
      ]),
      stroke: GRID,
      class: 'grid',
    }),
    textAt(x(tick), bottom + 18, tickLabel(tick, scale), {
      'text-anchor': 'middle',
      fill: SOFT,
      class: 'soft',
    }),
  ])
}

/**
 * @param {Row} row
 * @param {(seconds: number) => number} x
 * @param {number} y
 * @param {number} left
 * @param {number} width
 */
function rowMarks({ label, color, quantiles }, x, y, left, width) {
  const { p50, p99, visits } = quantiles
  const span = { stroke: color, 'stroke-width': 3, 'stroke-opacity': 0.45 }
  const line = element('path', {
    d: pathOf([
      [x(p50 ?? 0), y],
      [x(p99 ?? 0), y],
    ]),
    ...span,
  })
  const name = textAt(left - 14, y + 4, fitted(label, LABEL_LETTERS), { 'text-anchor': 'end', class: 'ink' })
  const marks = MARKS.flatMap(([key, , shape], index) => {
    const seconds = quantiles[key]
    if (seconds === null) return []
    return [
      marker(shape, x(seconds), y, color, 5),
      numberAt(left, width, index, y + 4, duration(seconds), INK, 'ink'),
    ]
  })
  const count = numberAt(left, width, MARKS.length, y + 4, String(visits), INK, 'ink')
  return [element('g', {}, [tooltip(label), name, line, ...marks, count])]
}

/**
 * A cell of the table right of the plot.
 *
 * @param {number} left
 * @param {number} width
 * @param {number} column
 * @param {number} y
 * @param {string} content
 * @param {string} fill
 * @param {string} name of the class
 */
function numberAt(left, width, column, y, content, fill, name) {
  return textAt(left + width + 88 + column * COLUMN, y, content, { 'text-anchor': 'end', fill, class: name })
}
