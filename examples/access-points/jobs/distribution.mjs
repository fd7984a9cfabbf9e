/**
 * @typedef {object} Distribution
 * @property {number} visits
 * @property {number} totalSeconds
 * @property {number | null} min seconds, as all below; nothing without visits
 * @property {number | null} p50
 * @property {number | null} p75
 * @property {number | null} p90
 * @property {number | null} p95
 * @property {number | null} p99
 * @property {number | null} max
 */

/** What a quantile means here; printed with the numbers. */
export const DEFINITION =
  'nearest rank: pN is the smallest observed value that at least N % of the visits do not exceed; ' +
  'a visit lasts from its first to its last observation, in seconds'

/**
 * Exact quantiles by nearest rank: always a value that was observed, never one in between.
 *
 * @param {readonly number[]} values seconds, in any order
 * @returns {Distribution}
 * @see https://www.jstor.org/stable/2684934 Hyndman and Fan's definition 1
 */
export function distributionOf(values) {
  const sorted = Float64Array.from(values).sort()
  /** @param {number} percent a whole number, so that the rank is computed without rounding */
  const quantile = percent => sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1] ?? null
  return {
    visits: sorted.length,
    totalSeconds: sorted.reduce((sum, value) => sum + value, 0),
    min: quantile(0),
    p50: quantile(50),
    p75: quantile(75),
    p90: quantile(90),
    p95: quantile(95),
    p99: quantile(99),
    max: quantile(100),
  }
}
