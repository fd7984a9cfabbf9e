const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
const TIME_STEPS = [1, 2, 5, 10, 15, 30].map(n => n * MINUTE).concat([1, 2, 3, 6, 12].map(n => n * HOUR))

/** @typedef {{ readonly ticks: readonly number[], readonly end: number }} Scale from 0 to `end`, which is the last tick */

/**
 * A scale for counts, with about five round, whole ticks.
 *
 * @param {number} largest
 * @returns {Scale}
 */
export function countScale(largest) {
  const rough = Math.max(1, largest / 5)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(n => n * power).find(candidate => candidate >= rough) ?? 10 * power
  return scaleOf(step, largest)
}

/**
 * A scale for seconds, with up to eight ticks at round minutes, hours or days.
 *
 * @param {number} largest seconds
 * @returns {Scale}
 */
export function timeScale(largest) {
  const step = TIME_STEPS.find(candidate => largest / candidate <= 8) ?? DAY * Math.ceil(largest / DAY / 8)
  return scaleOf(step, largest)
}

/**
 * A tick's label, short enough to stand beside the next: minutes or hours, the same for all ticks of a scale.
 *
 * @param {number} seconds
 * @param {Scale} scale
 */
export function tickLabel(seconds, { ticks: [, step = 0] }) {
  if (seconds === 0) return '0'
  return step < HOUR ? `${seconds / MINUTE} min` : `${seconds / HOUR} h`
}

/**
 * A length of time for readers, to the minute.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  if (seconds < MINUTE) return `${seconds} s`
  const minutes = Math.round(seconds / MINUTE)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0
    ? `${minutes / 60} h`
    : `${Math.floor(minutes / 60)} h ${String(rest).padStart(2, '0')} min`
}

/**
 * @param {number} step
 * @param {number} largest
 */
function scaleOf(step, largest) {
  const count = Math.max(1, Math.ceil(largest / step))
  const ticks = Array.from({ length: count + 1 }, (_, index) => index * step)
  return { ticks, end: count * step }
}
