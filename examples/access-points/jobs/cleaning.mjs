import { byText } from './by-text.mjs'
import { JobError } from './job-error.mjs'
import { parseRecord } from './record.mjs'

/** @typedef {import('./record.mjs').AccessPointRecord} AccessPointRecord */
/** @typedef {{ readonly apMac: string, readonly floors: readonly string[], readonly tags: readonly string[] }} AccessPoint */
/** @typedef {{ readonly line: number, readonly reason: string }} BrokenLine */
/**
 * @typedef {object} CleanReport
 * @property {number} lines all, blank ones included
 * @property {number} records
 * @property {number} observations
 * @property {number} blank
 * @property {number} broken
 * @property {Readonly<Record<string, number>>} reasons how many lines were broken by what
 * @property {readonly BrokenLine[]} brokenLines the first thousand
 */

const LISTED = 1_000

/**
 * Cleans the lines of one file and keeps the count. `records` is read to its end before the rest is asked for.
 *
 * @param {'skip' | 'fail'} onBroken
 */
export function cleaningOf(onBroken) {
  const count = { lines: 0, records: 0, observations: 0, blank: 0, broken: 0 }
  /** @type {Map<string, number>} */
  const reasons = new Map()
  /** @type {BrokenLine[]} */
  const brokenLines = []
  /** @type {Map<string, AccessPoint>} */
  const accessPoints = new Map()
  return {
    records,
    /** What the last record of each access point said about it. */
    accessPoints: () => [...accessPoints.values()].sort((a, b) => byText(a.apMac, b.apMac)),
    /** @returns {CleanReport} */
    report: () => ({
      ...count,
      reasons: Object.fromEntries([...reasons].sort(([a], [b]) => byText(a, b))),
      brokenLines,
    }),
  }

  /**
   * @param {AsyncIterable<import('./lines.mjs').Line>} lines
   * @returns {AsyncGenerator<Pick<AccessPointRecord, 'apMac' | 'observations'>>}
   * @throws {JobError} at the first broken line, if it is to fail
   */
  async function* records(lines) {
    for await (const line of lines) {
      count.lines += 1
      if (line.type === 'line' && line.text.trim() === '') {
        count.blank += 1
        continue
      }
      const parsed = line.type === 'line' ? parseRecord(line.text) : line
      if (parsed.type === 'record') yield keep(parsed.record)
      else skip(line.number, parsed.reason)
    }
  }

  /** @param {AccessPointRecord} record */
  function keep({ apMac, floors, tags, observations }) {
    count.records += 1
    count.observations += observations.length
    accessPoints.set(apMac, { apMac, floors, tags })
    return { apMac, observations }
  }

  /**
   * @param {number} line
   * @param {string} reason
   */
  function skip(line, reason) {
    if (onBroken === 'fail')
      throw new JobError(
        `line ${line}: ${reason}. Mend the file, or set ON_BROKEN=skip to do without such lines.`,
      )
    count.broken += 1
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    if (brokenLines.length < LISTED) brokenLines.push({ line, reason })
  }
}
