import { relative } from 'node:path'

/** A path as one would type it here; what is not below the current folder stays as it is. */
export function shownPath(path: string): string {
  const way = relative(process.cwd(), path)
  return way.startsWith('..') ? path : way || '.'
}
