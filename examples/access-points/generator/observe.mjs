import { positionAt } from './walk.mjs'

/** @typedef {import('./building.mjs').AccessPoint} AccessPoint */
/** @typedef {import('./clients.mjs').Client} Client */
/** @typedef {import('./random.mjs').Random} Random */

const FAINTEST = -73
const LATITUDE = 52.5
const LONGITUDE = 13.4
const METRES_PER_DEGREE = 111_320

/**
 * What an access point hears at a moment: clients near enough, most of the time, with fields missing now and then.
 *
 * @param {AccessPoint} accessPoint
 * @param {readonly Client[]} clients
 * @param {number} midnight epoch seconds
 * @param {number} time seconds of the day
 * @param {Random} random
 */
export function recordAt(accessPoint, clients, midnight, time, random) {
  const { apMac, apTags, apFloors } = accessPoint
  const observations = clients.flatMap(client => {
    const at = positionAt(client, time)
    if (at === undefined || at.floor !== accessPoint.floor) return []
    const metres = Math.hypot(at.x - accessPoint.x, at.y - accessPoint.y)
    const rssi = Math.round(-38 - 28 * Math.log10(Math.max(1, metres)) + random.between(-4, 4))
    if (rssi < FAINTEST || random.chance(0.08)) return []
    return [observation(client, at, rssi, midnight + Math.floor(time), random)]
  })
  return { apMac, apTags, apFloors, observations }
}

/**
 * @param {Client} client
 * @param {import('./walk.mjs').Position} at
 * @param {number} rssi dBm
 * @param {number} now epoch seconds
 * @param {Random} random
 */
function observation({ clientMac, manufacturer, os, ssid }, at, rssi, now, random) {
  const seenEpoch = now - Math.floor(random.between(0, 60))
  const address = clientMac
    .slice(-5)
    .split(':')
    .map(part => Number.parseInt(part, 16))
  return {
    clientMac,
    ipv4: random.chance(0.2) ? null : `/10.20.${address.join('.')}`,
    ipv6: random.chance(0.8) ? null : `/fe80:0:0:0:4a1:ff:fe00:${clientMac.slice(-5).replace(':', '')}`,
    seenTime: new Date(seenEpoch * 1_000).toISOString().replace('.000', ''),
    seenEpoch,
    ssid: random.chance(0.15) ? null : ssid,
    rssi,
    manufacturer,
    os,
    ...(random.chance(0.1) ? {} : { location: location(at, random) }),
  }
}

/**
 * @param {import('./walk.mjs').Position} at
 * @param {Random} random
 */
function location({ x, y }, random) {
  const unc = decimals(random.between(1.5, 12), 2)
  const lat = decimals(LATITUDE + y / METRES_PER_DEGREE, 6)
  const lng = decimals(LONGITUDE + x / METRES_PER_DEGREE, 6)
  return { lat, lng, unc, x: [decimals(x, 2)], y: [decimals(y, 2)] }
}

/**
 * @param {number} value
 * @param {number} digits
 */
function decimals(value, digits) {
  return Number(value.toFixed(digits))
}
