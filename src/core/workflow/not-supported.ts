import { shownName } from './escape-text.ts'
import type { Path, Problem } from './problem.ts'
import { recordOf, valueAt } from './tree.ts'

/** Keys that workflow files have by contract and this version does not know yet; `*` is any name or index. */
const NOT_SUPPORTED: readonly Path[] = [['jobs', '*', 'fallback']]

/** E190: refused by name, never passed over. */
export function* notSupported(root: unknown): Generator<Problem> {
  for (const pattern of NOT_SUPPORTED) {
    for (const path of matches(root, pattern)) {
      const name = shownName(String(path.at(-1)))
      yield {
        code: 'E190',
        path,
        at: 'key',
        message: `${name} is not supported yet.`,
        mend: 'Leave it out for now.',
      }
    }
  }
}

function matches(root: unknown, pattern: Path): readonly Path[] {
  let paths: readonly Path[] = [[]]
  for (const segment of pattern) {
    paths = paths.flatMap(path => segmentsAt(valueAt(root, path), segment).map(next => [...path, next]))
  }
  return paths
}

function segmentsAt(value: unknown, segment: string | number): readonly (string | number)[] {
  if (Array.isArray(value)) return segment === '*' ? [...value.keys()] : []
  const record = recordOf(value)
  if (!record) return []
  return segment === '*' ? Object.keys(record) : Object.hasOwn(record, segment) ? [segment] : []
}
