import { named } from './named.ts'
import type { Path } from './problem.ts'

type Values = Readonly<Record<string, unknown>>

/** The record a value is, without its inherited properties; undefined for anything else. */
export function recordOf(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const segment of path) {
    if (Array.isArray(value)) value = typeof segment === 'number' ? value[segment] : undefined
    else {
      const record = recordOf(value)
      value = record && Object.hasOwn(record, segment) ? record[segment] : undefined
    }
  }
  return value
}

/** Places of a tree: `inner` by key or index; a place without inner ones is meant itself. */
interface Places {
  readonly inner: Map<string | number, Places>
}

/**
 * The same tree without the values at these paths; there need not be any. A list that would lose an item goes as a
 * whole: the places of the others would change. The root itself stays, unless it is no record: then it is undefined.
 */
export function without(root: unknown, paths: readonly Path[]): unknown {
  if (paths.length === 0) return root
  const places: Places = { inner: new Map() }
  for (const path of paths) addPlace(places, path)
  return recordOf(root) && places.inner.size === 0 ? root : cut(root, places)
}

function addPlace(places: Places, path: Path): void {
  let place = places
  for (const [index, segment] of path.entries()) {
    const known = place.inner.get(segment)
    const wholeIsMeant = known && known.inner.size === 0
    if (wholeIsMeant) return
    const next = known ?? { inner: new Map() }
    if (index === path.length - 1) next.inner.clear()
    place.inner.set(segment, next)
    place = next
  }
}

function cut(value: unknown, places: Places): unknown {
  if (Array.isArray(value)) return cutList(value, places)
  const record = recordOf(value)
  if (places.inner.size === 0 || !record) return undefined
  const entries = Object.entries(record).map(([name, inner]) => {
    const place = places.inner.get(name)
    return [name, place ? cut(inner, place) : inner] as const
  })
  return named(entries.filter(([, inner]) => inner !== undefined))
}

function cutList(list: readonly unknown[], places: Places): unknown {
  if (places.inner.size === 0) return undefined
  const items = list.map((item, index) => {
    const place = places.inner.get(index)
    return place ? cut(item, place) : item
  })
  return items.includes(undefined) ? undefined : items
}
