/** PutEvents processes no deeper nesting than this. */
const DEEPEST = 1000

/** Reads the detail of an event; `undefined` if it is no JSON object, or nested too deeply. */
export function parseDetail(text: string): Readonly<Record<string, unknown>> | undefined {
  let detail: unknown
  try {
    detail = JSON.parse(text)
  } catch {
    return undefined // the caller says so to its client
  }
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return undefined
  return isDeeperThan(DEEPEST, detail) ? undefined : (detail as Readonly<Record<string, unknown>>)
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some(inner => isDeeperThan(levels - 1, inner))
}
