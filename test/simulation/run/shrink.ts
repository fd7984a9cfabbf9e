import type { Fault } from '../faults.ts'
import type { Profile } from '../profile.ts'
import { type Result, simulate } from '../simulate.ts'

/**
 * The fewest faults that still violate the same invariant: leaves out half of them, then quarters, and so on. What is
 * left cannot be made smaller by leaving out any one fault.
 */
export async function shrink(seed: number, profile: Profile, failed: Result): Promise<readonly Fault[]> {
  const invariant = failed.violations[0]?.invariant
  let needed = failed.faults
  for (let size = Math.ceil(needed.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let start = 0; start < needed.length; ) {
      const without = needed.slice(start, start + size)
      const kept = needed.filter(fault => !without.includes(fault))
      if (await stillFails(kept)) needed = kept
      else start += size
    }
  }
  return needed

  async function stillFails(kept: readonly Fault[]): Promise<boolean> {
    const { violations } = await simulate({ seed, profile, faults: kept })
    return violations.some(violation => violation.invariant === invariant)
  }
}
