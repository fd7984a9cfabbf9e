/** @typedef {ReturnType<typeof import('./observe.mjs').recordAt>} RawRecord */

/** @type {readonly ((record: RawRecord) => string)[]} */
const WAYS = [
  record => JSON.stringify(record).slice(0, -25),
  record => JSON.stringify(record.observations.map(({ clientMac }) => clientMac)),
  record => JSON.stringify({ ...record, apMac: undefined }),
  record => JSON.stringify({ ...record, observations: [badEpoch(record)] }),
]

/**
 * The line of a record, damaged as it happens: cut off, not an object, without apMac, with a time in milliseconds.
 *
 * @param {RawRecord} record
 * @param {number} turn the ways take turns
 */
export function brokenLine(record, turn) {
  return WAYS[turn % WAYS.length]?.(record) ?? ''
}

/** @param {RawRecord} record */
function badEpoch({ observations }) {
  const [first] = observations
  return { clientMac: '06:a1:00:00:ff:ff', ...first, seenEpoch: (first?.seenEpoch ?? 1_772_000_000) * 1_000 }
}
