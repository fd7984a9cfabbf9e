import { describe, expect, it } from 'vitest'
import { runTable } from '../../../src/cli/local/run-table.ts'

const RUN_ID = 'kge3qosjbtcyfkxmtasbwibelh'

describe('runTable', () => {
  const run = {
    ...{ runId: RUN_ID, workflow: 'access-points', status: 'SUCCEEDED' as const, epoch: 1, definition: 'd' },
    ...{ parameters: {}, alerts: {}, createdAt: 0, finishedAt: 1300 },
    trigger: { type: 'object' as const, values: { key: 'raw/2026/03/02/20/access-points.json' } },
  }
  it.each([
    [100, `access-points  ${RUN_ID}  SUCCEEDED  1.3 s  raw/2026/03/02/20/access-points.json`],
    [60, `access-points  ${RUN_ID}  SUCCEEDED  1.3 s`],
    [70, `access-points  ${RUN_ID}  SUCCEEDED  1.3 s  raw/2026…`],
    [40, 'access-points  kge3qos  SUCCEEDED  1.3 s'],
    [30, 'acc…  kge3qo  SUCCEEDED  1.3 s'],
  ])('keeps the status at %i columns', (width, title) => {
    expect(runTable({ run, jobs: [] }, { color: false, width, now: 0 })[0]).toBe(title)
  })

  it('keeps the status of a job with a long name', () => {
    const jobs = [{ name: 'a'.repeat(32), status: 'SUCCEEDED' }]
    const [, , row = ''] = runTable({ run, jobs }, { color: false, width: 30, now: 0 })
    expect(row).toBe(`  ${'a'.repeat(16)}…  SUCCEEDED`)
  })
})
