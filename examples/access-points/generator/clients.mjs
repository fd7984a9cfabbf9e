import { DEPTH, FLOORS, hex, LENGTH } from './building.mjs'

/** @typedef {{ readonly from: number, readonly floor: number, readonly x: number, readonly y: number }} Stay from: seconds of the day */
/** @typedef {{ readonly from: number, readonly to: number, readonly stays: readonly [Stay, ...Stay[]] }} Presence in the building */
/** @typedef {{ readonly clientMac: string, readonly manufacturer: string | null, readonly os: string | null, readonly ssid: string, readonly presences: readonly Presence[] }} Client */
/** @typedef {import('./random.mjs').Random} Random */

const HOUR = 3_600
const OPENS = 6 * HOUR
const CLOSES = 20 * HOUR
const CLIENTS = 320
// How many desks a floor has: the third is full, the fourth half empty.
/** @type {readonly [number, ...number[]]} */
const DESKS = [1, 1, 1, 2, 2, 3, 3, 3, 3, 4]
/** @type {readonly [[string | null, string | null], ...[string | null, string | null][]]} */
const DEVICES = [
  ['Apple', 'iOS'],
  ['Apple', 'macOS'],
  ['Samsung', 'Android'],
  ['Google', 'Android'],
  ['Intel', 'Windows'],
  [null, null],
]

/**
 * Plans the day of some hundred devices: staff who go out for lunch or do not, guests, passers-by and things that
 * never leave.
 *
 * @param {Random} random
 * @returns {readonly Client[]}
 */
export function planClients(random) {
  return Array.from({ length: CLIENTS }, (_, index) => {
    const [manufacturer, os] = random.pick(DEVICES)
    const { ssid, presences } = DAYS[kindOf(index)](random)
    return {
      clientMac: `06:a1:00:00:${hex(index >> 8)}:${hex(index & 255)}`,
      manufacturer,
      os,
      ssid,
      presences,
    }
  })
}

/** @typedef {{ readonly ssid: string, readonly presences: readonly Presence[] }} Day */
/** @typedef {'staff' | 'guest' | 'passer-by' | 'thing'} Kind */

/** @type {Readonly<Record<Kind, (random: Random) => Day>>} */
const DAYS = {
  staff: random => ({ ssid: 'office', presences: staff(random) }),
  guest: random => ({ ssid: 'guests', presences: [guest(random)] }),
  'passer-by': random => ({ ssid: 'guests', presences: passings(random) }),
  thing: random => ({ ssid: 'things', presences: [thing(random)] }),
}

/**
 * @param {number} index
 * @returns {Kind}
 */
function kindOf(index) {
  if (index % 40 === 39) return 'thing'
  if (index % 20 < 10) return 'staff'
  return index % 20 < 17 ? 'guest' : 'passer-by'
}

/** @param {Random} random */
function staff(random) {
  const home = random.pick(DESKS)
  const comes = random.between(7, 9.5) * HOUR
  const goes = random.between(15.5, 18.5) * HOUR
  if (random.chance(0.5)) return [presence(random, comes, goes, home, 45 * 60)]
  const lunch = random.between(11.5, 13) * HOUR
  const back = lunch + random.between(20, 75) * 60
  return [presence(random, comes, lunch, home, 45 * 60), presence(random, back, goes, home, 45 * 60)]
}

/** @param {Random} random */
function guest(random) {
  const comes = random.between(8, 17) * HOUR
  const goes = Math.min(CLOSES, comes + 10 * 60 + random.exponential(50 * 60))
  return presence(random, comes, goes, Math.floor(random.between(0, 3)), 20 * 60)
}

/** @param {Random} random */
function passings(random) {
  return [8, 12, 17].map(hour => {
    const comes = random.between(hour, hour + 1.5) * HOUR
    return presence(random, comes, comes + random.between(60, 400), 0, 10 * 60)
  })
}

/** @param {Random} random */
function thing(random) {
  const floor = Math.floor(random.between(0, FLOORS))
  return presence(random, OPENS, CLOSES, floor, Number.POSITIVE_INFINITY)
}

/**
 * @param {Random} random
 * @param {number} from
 * @param {number} to
 * @param {number} home floor
 * @param {number} dwell mean seconds in one place
 * @returns {Presence}
 */
function presence(random, from, to, home, dwell) {
  /** @type {[Stay, ...Stay[]]} */
  const stays = [stay(random, from, home)]
  for (let at = from + random.exponential(dwell); at < to; at += 120 + random.exponential(dwell)) {
    const floor = random.chance(0.75) ? home : Math.floor(random.between(0, FLOORS))
    stays.push(stay(random, at, floor))
  }
  return { from, to, stays }
}

/**
 * @param {Random} random
 * @param {number} from
 * @param {number} floor
 * @returns {Stay}
 */
function stay(random, from, floor) {
  return { from, floor, x: random.between(0, LENGTH), y: random.between(0, DEPTH) }
}
