/**
 * The hour a moment lies in, in UTC, as `2026-03-02T09:00Z`. Sorts as text.
 *
 * @param {number} epoch seconds
 */
export function hourOf(epoch) {
  return `${new Date(epoch * 1_000).toISOString().slice(0, 13)}:00Z`
}
