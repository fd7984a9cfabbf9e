import { byText } from './by-text.mjs'

/** @typedef {{ readonly seenEpoch: number, readonly apMac: string }} Sighting */
/**
 * @typedef {object} Visit
 * @property {number} start epoch seconds
 * @property {number} end epoch seconds
 * @property {number} seconds from the first to the last observation: 0 for a single one
 * @property {number} observations
 * @property {string} floor
 */

/**
 * Splits one client's sightings into visits. Silence of at least the gap ends a visit. A visit belongs to the floor
 * most of its sightings were made on; of equals, to the first by name.
 *
 * @param {readonly Sighting[]} sightings in any order, at least one
 * @param {number} gap seconds
 * @param {(apMac: string) => readonly string[]} floorsOf
 * @returns {readonly Visit[]} by time
 */
export function visitsOf(sightings, gap, floorsOf) {
  const sorted = [...sightings].sort((a, b) => a.seenEpoch - b.seenEpoch)
  /** @type {Sighting[][]} */
  const groups = []
  let last = Number.NEGATIVE_INFINITY
  for (const sighting of sorted) {
    if (sighting.seenEpoch - last >= gap) groups.push([])
    groups.at(-1)?.push(sighting)
    last = sighting.seenEpoch
  }
  return groups.map(group => visitOf(group, floorsOf))
}

/**
 * @param {readonly Sighting[]} group
 * @param {(apMac: string) => readonly string[]} floorsOf
 * @returns {Visit}
 */
function visitOf(group, floorsOf) {
  const start = group[0]?.seenEpoch ?? 0
  const end = group.at(-1)?.seenEpoch ?? 0
  const floor = mostFrequent(group.flatMap(({ apMac }) => floorsOf(apMac)))
  return { start, end, seconds: end - start, observations: group.length, floor }
}

/** @param {readonly string[]} names */
function mostFrequent(names) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || byText(a, b))
  return ranked[0]?.[0] ?? ''
}
