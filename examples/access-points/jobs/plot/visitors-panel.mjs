import { hourLabels, hoursOf } from './hours.mjs'
import { countScale } from './scale.mjs'
import { marker } from './series.mjs'
import { element, fitted, GRID, pathOf, SOFT, textAt, tooltip } from './svg.mjs'

/** @typedef {import('../join.mjs').FloorHour} FloorHour */
/** @typedef {import('./series.mjs').Series} Series */
/** @typedef {{ readonly left: number, readonly top: number, readonly width: number, readonly height: number }} Box */
/** @typedef {{ readonly box: Box, readonly hours: readonly string[], readonly end: number }} Frame */

const FEW_HOURS = 4

/**
 * Visitors per hour: a line for each floor; columns when there are only a few hours.
 *
 * @param {readonly FloorHour[]} rows
 * @param {readonly Series[]} series
 * @param {Box} box
 */
export function visitorsPanel(rows, series, box) {
  const hours = hoursOf(rows)
  const values = valuesOf(rows)
  const drawn = series.map(one => ({
    ...one,
    values: hours.map(hour => values.get(one.floor)?.get(hour) ?? 0),
  }))
  const scale = countScale(Math.max(0, ...drawn.flatMap(one => one.values)))
  const frame = { box, hours, end: scale.end }
  const marks = hours.length <= FEW_HOURS ? columns : lines
  return [
    ...countAxis(frame, scale.ticks),
    ...hourAxis(frame),
    ...(rows.length === 0 ? [nothing(box)] : marks(frame, drawn)),
    ...legend(series, box.left + box.width + 28, box.top),
  ]
}

/** @param {readonly FloorHour[]} rows */
function valuesOf(rows) {
  /** @type {Map<string, Map<string, number>>} */
  const values = new Map()
  for (const { floor, hour, visitors } of rows) {
    const hours = values.get(floor) ?? new Map()
    values.set(floor, hours.set(hour, visitors))
  }
  return values
}

/**
 * @param {Frame} frame
 * @param {readonly number[]} ticks
 */
function countAxis(frame, ticks) {
  const { left, top, width, height } = frame.box
  const name = {
    'text-anchor': 'middle',
    transform: `translate(22 ${top + height / 2}) rotate(-90)`,
    fill: SOFT,
  }
  return [
    element('text', { ...name, class: 'soft' }, ['Visitors (different clients)']),
    ...ticks.flatMap(tick => {
      const y = yOf(frame, tick)
      return [
        element('path', {
          d: pathOf([
            [left, y],
            [left + width, y],
          ]),
          stroke: GRID,
          class: 'grid',
        }),
        textAt(left - 8, y + 4, String(tick), { 'text-anchor': 'end', fill: SOFT, class: 'soft' }),
      ]
    }),
  ]
}

/** @param {Frame} frame */
function hourAxis(frame) {
  const { left, top, width, height } = frame.box
  const bottom = top + height
  const soft = { 'text-anchor': 'middle', fill: SOFT, class: 'soft' }
  const labels = hourLabels(frame.hours).flatMap(({ index, hour, date }) => {
    const x = xOf(frame, index)
    const dated = date === '' ? [] : [textAt(x, bottom + 36, date, soft)]
    return [textAt(x, bottom + 20, hour, soft), ...dated]
  })
  return [...labels, textAt(left + width / 2, bottom + 56, 'Hour (UTC)', soft)]
}

/**
 * @param {Frame} frame
 * @param {readonly (Series & { readonly values: readonly number[] })[]} drawn
 */
function lines(frame, drawn) {
  return drawn.map(({ floor, color, shape, values }) => {
    /** @type {readonly (readonly [number, number])[]} */
    const points = values.map((value, index) => [xOf(frame, index), yOf(frame, value)])
    const line = element('path', { d: pathOf(points), fill: 'none', stroke: color, 'stroke-width': 2 })
    const markers = points.map(([x, y]) => marker(shape, x, y, color))
    return element('g', { 'stroke-linejoin': 'round' }, [tooltip(floor), line, ...markers])
  })
}

/**
 * @param {Frame} frame
 * @param {readonly (Series & { readonly values: readonly number[] })[]} drawn
 */
function columns(frame, drawn) {
  const band = (frame.box.width / frame.hours.length) * 0.76
  const width = Math.min(64, band / drawn.length)
  return drawn.map(({ floor, color, values }, position) => {
    const offset = (position - drawn.length / 2) * width
    const bars = values.flatMap((value, index) => {
      const x = xOf(frame, index) + offset
      const y = yOf(frame, value)
      const height = frame.box.top + frame.box.height - y
      const bar = element('rect', { x: x + 1.5, y, width: width - 3, height, fill: color })
      const label = textAt(x + width / 2, y - 6, String(value), { 'text-anchor': 'middle', class: 'ink' })
      return width < 22 ? [bar] : [bar, label]
    })
    return element('g', {}, [tooltip(floor), ...bars])
  })
}

/**
 * @param {readonly Series[]} series
 * @param {number} x
 * @param {number} top
 */
function legend(series, x, top) {
  return series.flatMap(({ floor, color, shape }, index) => {
    const y = top + 12 + index * 24
    return [
      element('path', {
        d: pathOf([
          [x, y],
          [x + 28, y],
        ]),
        stroke: color,
        'stroke-width': 2,
      }),
      marker(shape, x + 14, y, color),
      element('g', {}, [tooltip(floor), textAt(x + 38, y + 4, fitted(floor, 20), { class: 'ink' })]),
    ]
  })
}

/** @param {Box} box */
function nothing({ left, top, width, height }) {
  const middle = { 'text-anchor': 'middle', fill: SOFT, class: 'soft' }
  return textAt(left + width / 2, top + height / 2, 'No observations in this file', middle)
}

/**
 * @param {Frame} frame
 * @param {number} index
 */
function xOf({ box, hours }, index) {
  return box.left + (box.width * (index + 0.5)) / hours.length
}

/**
 * @param {Frame} frame
 * @param {number} value
 */
function yOf({ box, end }, value) {
  return box.top + box.height * (1 - value / end)
}
