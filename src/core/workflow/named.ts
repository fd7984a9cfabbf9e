/** A record without prototype: any name is safe as a key, and only what was put in is found. */
export function named<Value>(
  entries: Iterable<readonly [name: string, value: Value]>,
): Record<string, Value> {
  const record: Record<string, Value> = Object.create(null)
  for (const [name, value] of entries) record[name] = value
  return record
}

/** The same names with other values. */
export function mapNamed<Value, Result>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Result,
): Record<string, Result> {
  return named(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
}
