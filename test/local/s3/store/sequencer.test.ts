import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Sequencer } from '../../../../src/local/s3/store/sequencer.ts'
import { temporaryFolder } from '../local-s3.ts'

const NOON = Date.parse('2026-11-21T12:00:00Z')

it('grows strictly, over restarts and whatever the clock does', () => {
  const tick = fc.record({ restart: fc.boolean(), skew: fc.integer({ min: -200_000, max: 200_000 }) })
  fc.assert(
    fc.property(fc.array(tick, { maxLength: 30 }), ticks => {
      const folder = temporaryFolder()
      let now = NOON
      let sequencer = new Sequencer(folder, () => now)
      let last = ''
      for (const { restart, skew } of ticks) {
        now = NOON + skew
        if (restart) sequencer = new Sequencer(folder, () => now)
        const next = sequencer.next()
        expect(next).toMatch(/^[0-9A-F]{18}$/)
        expect(next > last).toBe(true)
        last = next
      }
      rmSync(folder, { recursive: true })
    }),
    { numRuns: 30 },
  )
})
