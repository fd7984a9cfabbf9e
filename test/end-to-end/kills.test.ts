import { expect, it } from 'vitest'
import { killUnderLoad } from '../soak/kills/kill-under-load.ts'

it('loses nothing and does nothing twice, killed five times under load', async () => {
  const report = await killUnderLoad({ seed: 3, kills: 5, runs: 10, seconds: 0.1, longestLife: 1200 })
  expect(report.wrongs).toEqual([])
  expect(report).toMatchObject({ runs: expect.any(Number), jobs: report.runs * 4 })
  expect(report.runs).toBeGreaterThanOrEqual(10)
}, 60_000)
