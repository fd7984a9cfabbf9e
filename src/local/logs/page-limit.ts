/** Events in one answer, at most. */
export const MOST_EVENTS = 10_000

const MOST_BYTES = 1024 * 1024

/** Whether an answer of so many events has no room for one that makes it `bytes`; one event always has. */
export function isFull(events: number, bytes: number): boolean {
  return events > 0 && bytes > MOST_BYTES
}
