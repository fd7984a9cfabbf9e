/** @typedef {import('./report.mjs').Report} Report */

const HEADER = ['measure', 'floor', 'hour', 'value', 'unit']
/** @type {readonly Exclude<keyof import('./distribution.mjs').Distribution, 'visits' | 'totalSeconds'>[]} */
const QUANTILES = ['min', 'p50', 'p75', 'p90', 'p95', 'p99', 'max']

/**
 * The report as a table with one number per row, which filters and pivots as it is. Rows without a floor are about
 * the whole building.
 *
 * @param {Report} report
 * @returns {string} RFC 4180
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvOf({ visitors, dwell }) {
  const hourly = visitors.flatMap(({ floor, hour, ...row }) => [
    ['visitors', floor, hour, row.visitors, 'clients'],
    ['observations', floor, hour, row.observations, 'observations'],
    ['accessPoints', floor, hour, row.accessPoints, 'access points'],
  ])
  const lengths = [{ floor: '', ...dwell.overall }, ...dwell.byFloor].flatMap(({ floor, ...row }) => [
    ['visits', floor, '', row.visits, 'visits'],
    ['totalSeconds', floor, '', row.totalSeconds, 'seconds'],
    ...QUANTILES.map(name => [name, floor, '', row[name] ?? '', 'seconds']),
  ])
  return [HEADER, ...hourly, ...lengths].map(row => `${row.map(cellOf).join(',')}\r\n`).join('')
}

/** @param {string | number} value */
function cellOf(value) {
  if (typeof value === 'number') return String(value)
  // Spreadsheets would compute a text that begins like this; floors are named by others.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
