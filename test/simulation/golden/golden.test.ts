import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inThreads } from '../run/pool.ts'
import { START } from '../scheduler.ts'
import type { GoldenEnd, GoldenTask } from './golden-thread.ts'
import type { History } from './history.ts'

const RUNS = new URL('../../fixtures/runs/', import.meta.url)
const THREAD = new URL('./golden-thread.ts', import.meta.url)
const HOUR = 3600_000

const versions = readdirSync(RUNS)
const histories = versions.flatMap(version =>
  readdirSync(new URL(`${version}/`, RUNS)).map(file => ({
    name: `${version}/${file}`,
    history: JSON.parse(readFileSync(new URL(`${version}/${file}`, RUNS), 'utf8')) as History,
  })),
)

async function driven(histories: readonly History[], isDisturbed = false): Promise<readonly GoldenEnd[]> {
  const [ends = []] = await inThreads<GoldenTask, readonly GoldenEnd[]>(THREAD, [{ histories, isDisturbed }])
  return ends
}

describe('runs in flight that earlier versions left in the table', () => {
  it.each([
    ['are brought to their end by the current code', false],
    ['are brought there under faults, too', true],
  ])('%s', async (_title, isDisturbed) => {
    const ends = await driven(
      histories.map(({ history }) => history),
      isDisturbed,
    )
    expect(ends.length).toBeGreaterThanOrEqual(15)
    for (const [index, { name }] of histories.entries()) {
      expect.soft(ends[index]?.violations, name).toEqual([])
      expect.soft(ends[index]?.status, name).toMatch(/^(SUCCEEDED|FAILED|CANCELLED)$/)
    }
  })

  it('fail with the reason when nobody can know any more what became of a claim', async () => {
    const claimed = histories.find(({ name }) => name.endsWith('/claimed.json'))
    if (claimed === undefined) throw new Error('There is a fixture of a claimed job.')
    const { history } = claimed
    const at = START - 21 * HOUR
    const jobs = history.jobs.map(record => ({ ...record, claimedAt: at, claim: { token: 't', until: at } }))
    const [end] = await driven([{ ...history, jobs, batch: [] }])
    expect(end).toMatchObject({ status: 'FAILED', violations: [] })
    expect(Object.values(end?.states ?? {})).toContain('LOST')
  })
})
