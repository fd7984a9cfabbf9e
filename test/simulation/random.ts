/**
 * A number in [0, 1) that depends on nothing but the four given. Every choice of the simulation is named by numbers
 * instead of drawn from one stream: leaving one fault out leaves all other choices as they were.
 */
export function chosen(seed: number, kind: number, a: number, b: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13) ^ kind, 0xc2b2ae35)
  bits = Math.imul(bits ^ (bits >>> 16) ^ a, 0x27d4eb2f)
  bits = Math.imul(bits ^ (bits >>> 15) ^ b, 0x165667b1)
  bits ^= bits >>> 13
  bits = Math.imul(bits, 0x2c1b3c6d)
  bits ^= bits >>> 16
  return (bits >>> 0) / 0x1_0000_0000
}

/** A stream of choices, for what is made once per seed. */
export interface Random {
  /** [0, 1) */
  next(): number
  /** An integer from `least` to `most`, both included. */
  integer(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly T[]): T
}

export function createRandom(seed: number, kind: number): Random {
  let drawn = 0
  const next = () => chosen(seed, kind, ++drawn, 0)
  return {
    next,
    integer: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: probability => next() < probability,
    pick<T>(values: readonly T[]): T {
      const [value] = values.slice(Math.floor(next() * values.length))
      if (value === undefined) throw new Error('There is nothing to pick from.')
      return value
    },
  }
}

/** A stable number for a text, to name a choice by it. */
export function numberOf(text: string): number {
  let bits = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193)
  return bits | 0
}
