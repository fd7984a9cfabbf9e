import { dwellHeight, dwellPanel } from './dwell-panel.mjs'
import { hoursOf } from './hours.mjs'
import { seriesOf } from './series.mjs'
import { CARD, element, escapeXml, fitted, SOFT, textAt } from './svg.mjs'
import { visitorsPanel } from './visitors-panel.mjs'

/** @typedef {import('../report.mjs').Report} Report */

const WIDTH = 960
const VISITORS = { left: 64, top: 124, width: 660, height: 240 }
const DWELL = { left: 172, top: 504, width: 416 }
const DARK = [
  '@media (prefers-color-scheme: dark) {',
  '.card { fill: #151b22 } .ink { fill: #e6ebf0 } .soft { fill: #9aa7b4 } .grid { stroke: #2c3641 } }',
].join('')

/**
 * Draws the report as SVG: visitors per hour and floor above, quantiles of the length of visits below. A document of
 * its own without scripts or references; its size is bounded whatever the report holds.
 *
 * @param {Report} report
 * @returns {string}
 */
export function plotOf(report) {
  const series = seriesOf(report.visitors)
  const rows = dwellRows(report, series)
  const bottom = DWELL.top + dwellHeight(rows.length)
  const height = bottom + 52
  const font = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif'
  const size = { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` }
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    ...size,
    role: 'img',
    'font-family': font,
    'font-size': 12,
  }
  return `${element('svg', root, [
    element('title', {}, ['Visitors and length of visits']),
    element('desc', {}, [escapeXml(summaryOf(report))]),
    element('style', {}, [DARK]),
    element('rect', { width: WIDTH, height, rx: 10, fill: CARD, class: 'card' }),
    ...header(report),
    heading(VISITORS.top - 24, `Visitors per hour, by floor${windowNote(report)}`),
    ...visitorsPanel(report.visitors, series, VISITORS),
    heading(DWELL.top - 28, 'How long visits last'),
    ...dwellPanel(rows, DWELL),
    ...footer(report, series.length, bottom + 16),
  ])}\n`
}

/**
 * @param {Report} report
 * @param {readonly import('./series.mjs').Series[]} series
 */
function dwellRows({ dwell }, series) {
  const floors = series.flatMap(({ floor, color }) => {
    const quantiles = dwell.byFloor.find(row => row.floor === floor)
    return quantiles === undefined ? [] : [{ label: floor, color, quantiles }]
  })
  return [{ label: 'All floors', color: SOFT, quantiles: dwell.overall }, ...floors]
}

/** @param {Report} report */
function header(report) {
  return [
    textAt(32, 42, 'Access points: visitors and length of visits', {
      'font-size': 20,
      'font-weight': 600,
      class: 'ink',
    }),
    textAt(32, 64, fitted(`${report.input.uri}: ${summaryOf(report)}`, 140), { fill: SOFT, class: 'soft' }),
  ]
}

/**
 * @param {number} y
 * @param {string} content
 */
function heading(y, content) {
  return textAt(32, y, content, { 'font-size': 14, 'font-weight': 600, class: 'ink' })
}

/** @param {Report} report */
function windowNote({ visitors }) {
  const drawn = new Set(hoursOf(visitors))
  return visitors.every(({ hour }) => drawn.has(hour)) ? '' : ': the two days around the busiest hour'
}

/**
 * @param {Report} report
 * @param {number} drawn
 * @param {number} y
 */
function footer({ visitors, dwell }, drawn, y) {
  const floors = new Set(visitors.map(({ floor }) => floor)).size
  const rest = floors > drawn ? ` ${floors - drawn} floors with fewer visitors are in report.csv only.` : ''
  const notes = [
    `A visitor is a client that was heard on the floor in that hour. A visit ends after ${dwell.gapMinutes} minutes of silence.`,
    `Quantiles by nearest rank: always a length that was observed.${rest}`,
  ]
  return notes.map((note, index) =>
    textAt(32, y + index * 17, note, { 'font-size': 11, fill: SOFT, class: 'soft' }),
  )
}

/** @param {Report} report */
function summaryOf({ input, dwell }) {
  return `${input.records} records, ${input.broken} broken lines skipped, ${dwell.clients} clients, ${dwell.overall.visits} visits`
}
