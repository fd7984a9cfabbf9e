/** @typedef {import('../join.mjs').FloorHour} FloorHour */

const HOUR = 3_600_000
const LONGEST = 48
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * The hours that are drawn: all from the first to the last, but at most 48, around the busiest one. One observation
 * with a wrong clock must not squeeze a day to a point.
 *
 * @param {readonly FloorHour[]} rows
 * @returns {readonly string[]} as `hourOf` writes them, without gaps
 */
export function hoursOf(rows) {
  if (rows.length === 0) return []
  /** @type {Map<number, number>} */
  const totals = new Map()
  for (const { hour, visitors } of rows) {
    const time = Date.parse(hour)
    totals.set(time, (totals.get(time) ?? 0) + visitors)
  }
  const sorted = [...totals.keys()].sort((a, b) => a - b)
  const busiest = sorted.reduce((best, time) =>
    (totals.get(time) ?? 0) > (totals.get(best) ?? 0) ? time : best,
  )
  const half = (LONGEST / 2) * HOUR
  const first = sorted.find(time => time >= busiest - half) ?? busiest
  const last = sorted.findLast(time => time < busiest + half) ?? busiest
  const count = (last - first) / HOUR + 1
  return Array.from({ length: count }, (_, index) => isoHour(first + index * HOUR))
}

/**
 * The labels below the axis: at most twelve hours, and the date below the first and below each midnight.
 *
 * @param {readonly string[]} hours
 * @returns {readonly { readonly index: number, readonly hour: string, readonly date: string }[]} date: empty if not to be said
 */
export function hourLabels(hours) {
  const step = [1, 2, 3, 6].find(candidate => hours.length / candidate <= 12) ?? 6
  let known = ''
  return hours.flatMap((hour, index) => {
    if (Number(hour.slice(11, 13)) % step !== 0 && hours.length > 12) return []
    const date = hour.slice(0, 10) === known ? '' : dateText(hour)
    known = hour.slice(0, 10)
    return [{ index, hour: hour.slice(11, 16), date }]
  })
}

/** @param {string} hour */
function dateText(hour) {
  const [year = '', month = '', day = ''] = hour.slice(0, 10).split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** @param {number} time milliseconds */
function isoHour(time) {
  return `${new Date(time).toISOString().slice(0, 13)}:00Z`
}
