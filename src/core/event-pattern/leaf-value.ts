/** A value without members: what an event has at its leaves. */
export type LeafValue = string | number | boolean | null

export type LeafMatcher = (value: LeafValue) => boolean

/** The plain values at a place: of a list, those of its elements; an object has none. */
export function* leafValues(value: unknown): Generator<LeafValue> {
  if (Array.isArray(value)) {
    for (const element of value) yield* leafValues(element)
  } else if (value === null || typeof value === 'string') {
    yield value
  } else if (typeof value === 'number' || typeof value === 'boolean') {
    yield value
  }
}
