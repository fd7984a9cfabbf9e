/** @typedef {import('./clients.mjs').Client} Client */
/** @typedef {{ readonly floor: number, readonly x: number, readonly y: number }} Position metres */

const WALK = 120

/**
 * Where a client is at a time of the day, or nothing while it is out. It walks for the first two minutes of a stay,
 * already on the new floor.
 *
 * @param {Client} client
 * @param {number} time seconds of the day
 * @returns {Position | undefined}
 */
export function positionAt({ presences }, time) {
  const presence = presences.find(({ from, to }) => from <= time && time < to)
  if (presence === undefined) return undefined
  const { stays } = presence
  const index = lastBefore(stays, time)
  const stay = stays[index] ?? stays[0]
  const previous = stays[index - 1] ?? stay
  const walked = Math.min(1, (time - stay.from) / WALK)
  return {
    floor: stay.floor,
    x: previous.x + (stay.x - previous.x) * walked,
    y: previous.y + (stay.y - previous.y) * walked,
  }
}

/**
 * @param {readonly { readonly from: number }[]} stays by time
 * @param {number} time
 */
function lastBefore(stays, time) {
  let low = 0
  let high = stays.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((stays[middle]?.from ?? 0) <= time) low = middle
    else high = middle - 1
  }
  return low
}
