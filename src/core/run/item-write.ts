/**
 * Conditional writes as data. The protocol's conditions are written once, here in core; the DynamoDB adapter turns
 * them into expressions, the simulator evaluates them in memory, and a contract test holds the two together.
 */
export type Condition =
  | { readonly type: 'present'; readonly path: string }
  | { readonly type: 'absent'; readonly path: string }
  | { readonly type: 'equals'; readonly path: string; readonly value: Scalar }
  | { readonly type: 'below'; readonly path: string; readonly value: number }
  /** A map with fewer entries than that. */
  | { readonly type: 'fewer'; readonly path: string; readonly than: number }
  | { readonly type: 'all'; readonly of: readonly Condition[] }
  | { readonly type: 'any'; readonly of: readonly Condition[] }
  | { readonly type: 'not'; readonly of: Condition }

export type Scalar = string | number | boolean

/** Where an item is kept: all items of a run share the partition `run#<runId>`. */
export interface ItemKey {
  readonly pk: string
  readonly sk: string
}

/**
 * One write of one item; either all of it happens or nothing. Paths are dotted (`claim.token`); a path that is set to
 * undefined is left alone. `replace` drops everything the item had and `set` does not name.
 */
export interface ItemWrite {
  readonly key: ItemKey
  readonly mode: 'replace' | 'update'
  readonly set: Readonly<Record<string, unknown>>
  readonly remove?: readonly string[]
  readonly condition: Condition
}

export const present = (path: string): Condition => ({ type: 'present', path })
export const absent = (path: string): Condition => ({ type: 'absent', path })
export const equals = (path: string, value: Scalar): Condition => ({ type: 'equals', path, value })
export const below = (path: string, value: number): Condition => ({ type: 'below', path, value })
export const fewer = (path: string, than: number): Condition => ({ type: 'fewer', path, than })
export const all = (...of: readonly Condition[]): Condition => ({ type: 'all', of })
export const any = (...of: readonly Condition[]): Condition => ({ type: 'any', of })
export const not = (of: Condition): Condition => ({ type: 'not', of })
export const oneOf = (path: string, values: readonly Scalar[]): Condition =>
  any(...values.map(value => equals(path, value)))

/** The item's value as the condition found it: the path is absent, or holds exactly this. */
export const asRead = (path: string, value: Scalar | undefined): Condition =>
  value === undefined ? absent(path) : equals(path, value)

export const runKey = (runId: string): ItemKey => ({ pk: `run#${runId}`, sk: 'run' })
export const jobKey = (runId: string, job: string): ItemKey => ({ pk: `run#${runId}`, sk: `job#${job}` })
