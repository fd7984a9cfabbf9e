import { openSync, readdirSync } from 'node:fs'

/** Nothing has descriptors above it here; a process that had would pass some on. */
const HIGHEST = 1023
/** Opened between the look and the fork. */
const ROOM = 8

let nothing: number | undefined

/**
 * What a child gets for each descriptor above its standard ones: /dev/null. The embedded database opens its files without
 * close-on-exec, and what starts jobs would hand them on to jobs. For `stdio` of `spawn`, behind the first three.
 */
export function coveredDescriptors(): readonly number[] {
  const highest = highestDescriptor()
  if (highest === undefined) return []
  nothing ??= openSync('/dev/null', 'r+')
  return Array.from({ length: Math.max(0, highest + ROOM - 2) }, () => nothing ?? 0)
}

function highestDescriptor(): number | undefined {
  try {
    return Math.min(HIGHEST, Math.max(...readdirSync('/proc/self/fd').map(Number)))
  } catch {
    return undefined // no /proc: not Linux
  }
}
