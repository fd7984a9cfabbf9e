import type { Drawing } from './drawing.ts'

/** Where a job's box stands. */
export interface Place {
  /** Columns from the left: one more than the longest way to a job it depends on. */
  readonly layer: number
  /** From the top of the layer. */
  readonly row: number
}

/** Puts every job right of all it depends on, and within a column near them, so that few arrows cross. */
export function placesOf({ nodes, arrows }: Drawing): ReadonlyMap<string, Place> {
  const layers = new Map<string, number>()
  const rows: string[][] = []
  for (const { name } of nodes) {
    const before = arrows.filter(({ to }) => to === name).map(({ from }) => layers.get(from) ?? 0)
    const layer = before.length === 0 ? 0 : Math.max(...before) + 1
    layers.set(name, layer)
    rows[layer] ??= []
    rows[layer].push(name)
  }
  const places = new Map<string, Place>()
  for (const [layer, names] of rows.entries()) {
    const wish = new Map(names.map((name, row) => [name, meanRow(name, arrows, places) ?? row]))
    const sorted = names.toSorted((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))
    for (const [row, name] of sorted.entries()) places.set(name, { layer, row })
  }
  return places
}

function meanRow(
  name: string,
  arrows: Drawing['arrows'],
  places: ReadonlyMap<string, Place>,
): number | undefined {
  const rows = arrows.filter(({ to }) => to === name).flatMap(({ from }) => places.get(from)?.row ?? [])
  return rows.length === 0 ? undefined : rows.reduce((sum, row) => sum + row, 0) / rows.length
}
