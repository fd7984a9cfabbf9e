/** A pattern without operators but exists and anything-but, matched by trying everything; the measure for the real one. */
export function matchesNaively(pattern: object, event: object): boolean {
  const wanted = flatten(pattern, []).map(({ path, list }) => ({ path, list }))
  return choose(wanted, occurrences(event, '', []), [])
}

type Wanted = { readonly path: string; readonly list: readonly unknown[] }
/** A value with the elements it lies in: `a#0` is element 0 of the list at a. */
type Occurrence = { readonly path: string; readonly value: unknown; readonly elements: readonly string[] }

function flatten(pattern: object, names: readonly string[]): readonly Wanted[] {
  return Object.entries(pattern).flatMap(([name, inner]) =>
    Array.isArray(inner)
      ? [{ path: [...names, name].map(each => `.${each}`).join(''), list: inner }]
      : flatten(inner, [...names, name]),
  )
}

function occurrences(value: unknown, path: string, elements: readonly string[]): readonly Occurrence[] {
  if (Array.isArray(value)) {
    const list = `${path}@${elements.join()}`
    return value.flatMap((inner, at) => occurrences(inner, path, [...elements, `${list}#${at}`]))
  }
  if (typeof value !== 'object' || value === null) return [{ path, value, elements }]
  return Object.entries(value).flatMap(([name, inner]) => occurrences(inner, `${path}.${name}`, elements))
}

/** Tries each value for each field; fields without value come last, when the elements are known. */
function choose(
  wanted: readonly Wanted[],
  found: readonly Occurrence[],
  elements: readonly string[],
  absent: readonly string[] = [],
): boolean {
  const [first, ...rest] = wanted
  const fits = (one: Occurrence) => consistent(one.elements, elements)
  if (first === undefined) return absent.every(path => !found.some(one => one.path === path && fits(one)))
  const here = found.filter(one => one.path === first.path && fits(one))
  const byValue = here.some(
    one =>
      first.list.some(entry => holds(entry, one.value)) &&
      choose(rest, found, [...elements, ...one.elements], absent),
  )
  if (byValue) return true
  const mayBeAbsent = first.list.some(entry => isOperator(entry, 'exists') && entry.exists === false)
  return mayBeAbsent && choose(rest, found, elements, [...absent, first.path])
}

function consistent(some: readonly string[], others: readonly string[]): boolean {
  const list = (element: string) => element.slice(0, element.lastIndexOf('#'))
  return some.every(one => others.every(other => list(one) !== list(other) || one === other))
}

function holds(entry: unknown, value: unknown): boolean {
  if (isOperator(entry, 'exists')) return entry.exists === true
  if (isOperator(entry, 'anything-but')) return entry['anything-but'] !== value
  return entry === value
}

function isOperator<Name extends string>(entry: unknown, name: Name): entry is Record<Name, unknown> {
  return typeof entry === 'object' && entry !== null && name in entry
}
