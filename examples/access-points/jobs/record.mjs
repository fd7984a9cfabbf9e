/** @typedef {{ readonly clientMac: string, readonly seenEpoch: number, readonly rssi: number | null, readonly ssid: string | null }} Observation */
/**
 * @typedef {object} AccessPointRecord
 * @property {string} apMac
 * @property {readonly string[]} tags
 * @property {readonly string[]} floors never empty
 * @property {readonly Observation[]} observations
 */
/** @typedef {{ readonly type: 'record', readonly record: AccessPointRecord } | { readonly type: 'broken', readonly reason: string }} Parsed */

/** The floor of an access point that names none. */
const NO_FLOOR = '(none)'

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/
const YEAR_2000 = 946_684_800
const YEAR_2100 = 4_102_444_800

/**
 * Reads one line as an access point sent it and keeps what the other jobs need. Addresses and positions of people's
 * devices are dropped here. One bad observation breaks its line: half a record would be a wrong number later.
 *
 * @param {string} text
 * @returns {Parsed}
 */
export function parseRecord(text) {
  const raw = parseObject(text)
  if (typeof raw === 'string') return broken(raw)
  const apMac = readMac(raw['apMac'])
  if (apMac === undefined) return broken('bad apMac')
  const tags = readTexts(raw['apTags'])
  if (tags === undefined) return broken('bad apTags')
  const floors = readTexts(raw['apFloors'])
  if (floors === undefined) return broken('bad apFloors')
  const observations = readObservations(raw['observations'])
  if (typeof observations === 'string') return broken(observations)
  const named = floors.length > 0 ? floors : [NO_FLOOR]
  return { type: 'record', record: { apMac, tags, floors: named, observations } }
}

/**
 * @param {string} reason
 * @returns {Parsed}
 */
function broken(reason) {
  return { type: 'broken', reason }
}

/**
 * @param {string} text
 * @returns {Record<string, unknown> | string} the reason if it is none
 */
function parseObject(text) {
  try {
    const value = JSON.parse(text)
    return isObject(value) ? value : 'not an object'
  } catch {
    // The reason is the answer; where in the line it stopped is of no use to anybody.
    return 'not JSON'
  }
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @param {unknown} value */
function readMac(value) {
  const mac = typeof value === 'string' ? value.toLowerCase() : ''
  return MAC.test(mac) ? mac : undefined
}

/**
 * @param {unknown} value a list of texts; nothing at all is an empty one
 * @returns {readonly string[] | undefined} without empty and doubled ones; nothing if it is no list of texts
 */
function readTexts(value) {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every(item => typeof item === 'string')) return undefined
  const texts = value.map(text => text.trim()).filter(text => text !== '')
  return Array.from(new Set(texts))
}

/**
 * @param {unknown} value
 * @returns {readonly Observation[] | string} the reason if one is bad
 */
function readObservations(value) {
  if (!Array.isArray(value)) return 'bad observations'
  const observations = []
  for (const item of value) {
    const observation = readObservation(item)
    if (typeof observation === 'string') return observation
    observations.push(observation)
  }
  return observations
}

/**
 * @param {unknown} value
 * @returns {Observation | string} the reason if it is bad
 */
function readObservation(value) {
  if (!isObject(value)) return 'bad observations'
  const clientMac = readMac(value['clientMac'])
  if (clientMac === undefined) return 'bad clientMac'
  const { seenEpoch, rssi, ssid } = value
  // The bounds also catch milliseconds.
  if (typeof seenEpoch !== 'number' || !Number.isInteger(seenEpoch)) return 'bad seenEpoch'
  if (seenEpoch < YEAR_2000 || seenEpoch >= YEAR_2100) return 'bad seenEpoch'
  const text = typeof ssid === 'string' ? ssid : null
  return { clientMac, seenEpoch, rssi: typeof rssi === 'number' ? rssi : null, ssid: text }
}
