import { INDEX_ATTRIBUTES } from './table.ts'

/** An item as the table has it. */
export type Item = Record<string, unknown>

const NOT_STORED: ReadonlySet<string> = new Set(['pk', 'sk', ...INDEX_ATTRIBUTES])

/** An item without its keys and without what is there for the indexes only. */
export function storedPart<Stored>(item: Item): Stored {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !NOT_STORED.has(name))) as Stored
}
