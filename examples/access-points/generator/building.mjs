/**
 * @typedef {object} AccessPoint
 * @property {string} apMac
 * @property {readonly string[]} apTags
 * @property {readonly string[]} apFloors
 * @property {number} floor
 * @property {number} x metres from the west wall
 * @property {number} y metres from the south wall
 */

export const FLOORS = 5
/** Metres. */
export const LENGTH = 80
/** Metres. */
export const DEPTH = 30

const COLUMNS = 4
const ROWS = 2
const USES = ['lobby', 'office', 'office', 'laboratory', 'office']

/** @type {readonly AccessPoint[]} 40 of them: eight on each of five floors, those at the stairs serve two */
export const ACCESS_POINTS = Array.from({ length: FLOORS * COLUMNS * ROWS }, (_, index) => {
  const floor = Math.floor(index / (COLUMNS * ROWS))
  const column = index % COLUMNS
  const row = Math.floor(index / COLUMNS) % ROWS
  const atStairs = column === 0 && row === 0 && floor > 0
  return {
    apMac: `02:18:5a:00:${hex(floor)}:${hex(index)}`,
    apTags: ['building-a', USES[floor] ?? 'office', ...(atStairs ? ['stairs'] : [])],
    apFloors: atStairs ? [floorName(floor), floorName(floor - 1)] : [floorName(floor)],
    floor,
    x: (LENGTH * (column + 0.5)) / COLUMNS,
    y: (DEPTH * (row + 0.5)) / ROWS,
  }
})

/** @param {number} floor */
function floorName(floor) {
  return floor === 0 ? 'Floor 0 (lobby)' : `Floor ${floor}`
}

/** @param {number} number */
export function hex(number) {
  return number.toString(16).padStart(2, '0')
}
