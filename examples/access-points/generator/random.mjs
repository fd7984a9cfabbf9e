/** @typedef {ReturnType<typeof randomOf>} Random */

/**
 * A source of pseudo-random numbers that gives the same ones for the same seed on every machine (xorshift, 32 bits).
 *
 * @param {number} seed
 * @see https://www.jstatsoft.org/article/view/v008i14
 */
export function randomOf(seed) {
  // Zero would stay zero for ever; the odd factor sets near seeds far apart.
  let state = Math.imul(Math.trunc(seed) ^ 0x5bd1e995, 0x9e3779b1) | 1
  const number = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  for (let warm = 0; warm < 8; warm += 1) number()
  return {
    /** 0 <= number < 1 */
    number,
    /**
     * @param {number} from
     * @param {number} to
     */
    between: (from, to) => from + number() * (to - from),
    /** @param {number} probability */
    chance: probability => number() < probability,
    /**
     * A waiting time: short ones often, long ones seldom.
     *
     * @param {number} mean
     */
    exponential: mean => -mean * Math.log(1 - number()),
    /**
     * @template T
     * @param {readonly [T, ...T[]]} items
     * @returns {T}
     */
    pick: items => items[Math.floor(number() * items.length)] ?? items[0],
  }
}
