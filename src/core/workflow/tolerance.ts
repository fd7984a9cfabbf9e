import type { Tolerance } from './workflow.ts'

/** Reads `3` or `5%`; undefined for anything else. */
export function parseTolerance(written: number | string): Tolerance | undefined {
  if (typeof written === 'number') {
    return Number.isSafeInteger(written) && written >= 0 ? { type: 'count', count: written } : undefined
  }
  const [, percent] = /^(\d{1,2}(?:\.\d{1,3})?)%$/.exec(written) ?? []
  return percent === undefined ? undefined : { type: 'percent', percent: Number(percent) }
}
