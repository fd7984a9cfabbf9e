import { expect, it } from 'vitest'
import type { RunList } from '../../src/aws/run-list.ts'
import { findRunId } from '../../src/cli/find-run.ts'

const IDS = ['abc', 'abd', 'xyz', 'qa', 'qb', 'qc'].map(head => head.padEnd(26, 'm'))

const runs: Pick<RunList, 'withPrefix'> = {
  withPrefix: async (prefix, limit) => IDS.filter(id => id.startsWith(prefix)).slice(0, limit),
}
const find = (text: string) => findRunId(text, runs, { place: 'stage dev' })

it.each([
  ['xy', 'xyz'.padEnd(26, 'm')],
  ['XYZ', 'xyz'.padEnd(26, 'm')],
  ['abd', 'abd'.padEnd(26, 'm')],
  ['a'.repeat(26), 'a'.repeat(26)],
])('takes %s for %s', async (text, runId) => expect(await find(text)).toBe(runId))

it.each([
  ['zz', /There is no run "zz" in stage dev\. `batchwise runs` lists the runs/],
  ['ab', /"ab" fits several runs: abcm+, abdm+\. Give more letters\./],
  ['x', /Give at least 2 letters of the run's id/],
  ['Hello!', /"Hello!" is not the id of a run/],
  ['', /is not the id of a run/],
  ['a'.repeat(27), /is not the id of a run/],
])('refuses "%s"', async (text, message) => {
  await expect(find(text)).rejects.toThrow(message)
})

it('names five of many', async () => {
  const many = { withPrefix: async () => IDS.slice(0, 6) }
  await expect(findRunId('qq', many, { place: '' })).rejects.toThrow(/and more\. Give more letters/)
})
