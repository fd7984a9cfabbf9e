import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The version in the nearest package.json: of the clone, or of the package that the bundle lies in. */
export function ownVersion(folder = import.meta.dirname): string {
  const file = join(folder, 'package.json')
  if (existsSync(file)) {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string }
    return version ?? 'unknown'
  }
  const above = dirname(folder)
  return above === folder ? 'unknown' : ownVersion(above)
}
