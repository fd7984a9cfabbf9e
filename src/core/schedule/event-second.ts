/** An instant (milliseconds) as AWS writes times into events: whole seconds, `2026-11-21T01:02:03Z`. */
export function eventSecond(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
