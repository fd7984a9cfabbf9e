import { assertNever } from '../errors.ts'
import type { Condition, ItemWrite } from './item-write.ts'

type Item = Readonly<Record<string, unknown>>

/** Whether the condition holds for a stored item; a missing item is one without attributes. */
export function holds(condition: Condition, item: Item | undefined): boolean {
  switch (condition.type) {
    case 'present':
      return valueAt(item, condition.path) !== undefined
    case 'absent':
      return valueAt(item, condition.path) === undefined
    case 'equals':
      return valueAt(item, condition.path) === condition.value
    case 'below': {
      const value = valueAt(item, condition.path)
      return typeof value === 'number' && value < condition.value
    }
    case 'fewer': {
      const value = valueAt(item, condition.path)
      return typeof value === 'object' && value !== null && Object.keys(value).length < condition.than
    }
    case 'all':
      return condition.of.every(part => holds(part, item))
    case 'any':
      return condition.of.some(part => holds(part, item))
    case 'not':
      return !holds(condition.of, item)
    default:
      return assertNever(condition)
  }
}

/** The item as a write that was accepted leaves it, keys left out. The caller names what kind of item it is. */
export function applied<Stored extends object>(item: Stored | undefined, write: ItemWrite): Stored {
  const next: Record<string, unknown> = write.mode === 'replace' ? {} : { ...item }
  for (const path of Object.keys(write.set)) {
    const value = write.set[path]
    if (value !== undefined) setAt(next, path, value)
  }
  for (const path of write.remove ?? []) setAt(next, path, undefined)
  return next as Stored
}

function valueAt(item: Item | undefined, path: string): unknown {
  if (!path.includes('.')) return item !== undefined && Object.hasOwn(item, path) ? item[path] : undefined
  let value: unknown = item
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Item)[name]
  }
  return value
}

/** Changes the copy that it is given; what lies deeper is copied on the way. */
function setAt(copy: Record<string, unknown>, path: string, value: unknown): void {
  const dot = path.indexOf('.')
  const name = dot === -1 ? path : path.slice(0, dot)
  if (dot !== -1) {
    const deeper = { ...(copy[name] as Item | undefined) }
    setAt(deeper, path.slice(dot + 1), value)
    copy[name] = deeper
  } else if (value !== undefined) copy[name] = value
  else if (copy[name] !== undefined) delete copy[name]
}
