import { byText } from '../by-text.mjs'
import { element } from './svg.mjs'

/** @typedef {import('../join.mjs').FloorHour} FloorHour */
/** @typedef {'circle' | 'square' | 'triangle' | 'diamond' | 'down' | 'cross'} Shape */
/** @typedef {{ readonly floor: string, readonly color: string, readonly shape: Shape }} Series */

// Okabe and Ito's colours, which people with any colour vision tell apart; the shapes help in black and white.
/** @type {readonly (readonly [color: string, shape: Shape])[]} */
const STYLES = [
  ['#0072b2', 'circle'],
  ['#d55e00', 'square'],
  ['#009e73', 'triangle'],
  ['#cc79a7', 'diamond'],
  ['#e69f00', 'down'],
  ['#56b4e9', 'cross'],
]

/**
 * The floors that are drawn: the six with the most visitors, by name.
 *
 * @param {readonly FloorHour[]} rows
 * @returns {readonly Series[]}
 */
export function seriesOf(rows) {
  /** @type {Map<string, number>} */
  const totals = new Map()
  for (const { floor, visitors } of rows) totals.set(floor, (totals.get(floor) ?? 0) + visitors)
  const ranked = [...totals].sort(([a, m], [b, n]) => n - m || byText(a, b))
  const floors = ranked.slice(0, STYLES.length).map(([floor]) => floor)
  return STYLES.slice(0, floors.length).map(([color, shape], index) => {
    return { floor: floors.sort(byText)[index] ?? '', color, shape }
  })
}

/**
 * A marker around a point.
 *
 * @param {Shape} shape
 * @param {number} x
 * @param {number} y
 * @param {string} fill
 * @param {number} [r] half its width
 */
export function marker(shape, x, y, fill, r = 4) {
  /** @type {Readonly<Record<Shape, string>>} */
  const outlines = {
    circle: `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
    square: `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
    triangle: `M0 ${-r - 1}L${r + 1} ${r}H${-r - 1}z`,
    diamond: `M0 ${-r - 1}L${r + 1} 0L0 ${r + 1}L${-r - 1} 0z`,
    down: `M0 ${r + 1}L${r + 1} ${-r}H${-r - 1}z`,
    cross: `M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`,
  }
  const place = `translate(${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10})`
  const stroke = shape === 'cross' ? { stroke: fill, 'stroke-width': 2.5 } : {}
  return element('path', { d: outlines[shape], transform: place, fill, ...stroke })
}
