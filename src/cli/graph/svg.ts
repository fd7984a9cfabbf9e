import type { Arrow, Drawing, DrawnJob } from './drawing.ts'
import { type Place, placesOf } from './layers.ts'
import { statusColor } from './status-color.ts'

const BOX = { width: 170, height: 46 }
const GAP = { x: 60, y: 22 }
const MARGIN = 16
const TITLE = 30
const LETTERS = 22

/** A picture that stands alone: no script, no font and no style from outside. */
export function svgOf(drawing: Drawing): readonly string[] {
  const places = placesOf(drawing)
  const all = [...places.values()]
  const columns = Math.max(0, ...all.map(({ layer }) => layer)) + 1
  const rows = Math.max(0, ...all.map(({ row }) => row)) + 1
  const width = 2 * MARGIN + columns * BOX.width + (columns - 1) * GAP.x
  const height = 2 * MARGIN + TITLE + rows * BOX.height + (rows - 1) * GAP.y
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="13">`,
    `  <title>${drawing.title}</title>`,
    '  <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>',
    `  <rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `  <text x="${MARGIN}" y="${MARGIN + 10}" font-weight="bold">${drawing.title}</text>`,
    ...drawing.arrows.map(arrow => arrowPath(arrow, places)),
    ...drawing.nodes.map(node => box(node, cornerOf(places.get(node.name)))),
    '</svg>',
  ]
}

function cornerOf({ layer, row }: Place = { layer: 0, row: 0 }): { readonly x: number; readonly y: number } {
  return { x: MARGIN + layer * (BOX.width + GAP.x), y: MARGIN + TITLE + row * (BOX.height + GAP.y) }
}

function box({ name, note, status }: DrawnJob, { x, y }: { readonly x: number; readonly y: number }): string {
  const small = [note, status ?? ''].filter(text => text !== '').join(', ')
  const middle = x + BOX.width / 2
  const shown = name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name
  return [
    `  <g><title>${name}</title>`,
    `    <rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6" fill="${statusColor(status)}" stroke="#555"/>`,
    `    <text x="${middle}" y="${y + (small === '' ? 28 : 20)}" text-anchor="middle">${shown}</text>`,
    ...(small === ''
      ? []
      : [
          `    <text x="${middle}" y="${y + 37}" text-anchor="middle" font-size="11" fill="#444">${small}</text>`,
        ]),
    '  </g>',
  ].join('\n')
}

function arrowPath({ from, to, when }: Arrow, places: ReadonlyMap<string, Place>): string {
  const start = cornerOf(places.get(from))
  const end = cornerOf(places.get(to))
  const [x1, y1] = [start.x + BOX.width, start.y + BOX.height / 2]
  const [x2, y2] = [end.x - 2, end.y + BOX.height / 2]
  const dashes = when === 'success' ? '' : ` stroke-dasharray="${when === 'failure' ? '5 4' : '1 3'}"`
  const bend = (x1 + x2) / 2
  return `  <path d="M${x1} ${y1} C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}" fill="none" stroke="#555"${dashes} marker-end="url(#head)"><title>${from} to ${to}: ${when}</title></path>`
}
