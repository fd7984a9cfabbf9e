import type { JobDetail } from '@aws-sdk/client-batch'
import { expect, it } from 'vitest'
import { NOW, RUN_ID, recordOf, runOf } from '../../core/run/given.ts'
import { type Evidence, wrongs } from './check-marks.ts'
import type { Mark } from './marks.ts'

const mark = (what: Mark['what'], at: number, more: Partial<Mark> = {}): Mark => ({
  ...{ what, runId: RUN_ID, job: 'a', jobId: 'j1', attempt: 1, at: NOW + at },
  ...more,
})

/** One run of one job, in which all went well. */
function evidence(more: Partial<Evidence> = {}): Evidence {
  const run = runOf({ status: 'SUCCEEDED', trigger: { type: 'object', values: { key: 'k' } } })
  const job = recordOf('a', { state: 'SUCCEEDED', submission: 1, jobId: 'j1' })
  const detail = { jobId: 'j1', jobName: 'n', status: 'SUCCEEDED', attempts: [{}] } as JobDetail
  return {
    runs: [{ run, jobs: [job] }],
    batch: [detail],
    marks: [mark('start', 0), mark('done', 100)],
    kills: [],
    uploads: { sure: ['k'], unsure: [] },
    ...more,
  }
}

const again = [mark('start', 0), mark('done', 100), mark('start', 5000, { attempt: 2 })]

it.each<[string, Partial<Evidence>, readonly string[]]>([
  ['all went well', {}, []],
  ['an upload has no run', { uploads: { sure: ['k', 'l'], unsure: [] } }, ['l was acknowledged']],
  ['a run came from nowhere', { uploads: { sure: [], unsure: [] } }, ['k was never uploaded']],
  ['a finished job ran again', { marks: again }, ['ran again though it had finished']],
  ['it had been killed in that moment', { marks: again, kills: [NOW + 200] }, []],
  [
    'a submission is two jobs',
    { marks: [mark('start', 0), mark('start', 1, { jobId: 'j2', attempt: 2 }), mark('done', 9)] },
    ['ran as two Batch jobs'],
  ],
  ['a job never ran', { marks: [mark('start', 0)] }, ['said to have ended and never did']],
  [
    'Batch has a job more',
    { batch: [...evidence().batch, { jobId: 'j3' } as JobDetail] },
    ["j3 (undefined) is nobody's"],
  ],
])('says what is wrong when %s', (_title, more, expected) => {
  const found = wrongs(evidence(more))
  for (const text of expected) expect(found.join('\n')).toContain(text)
  if (expected.length === 0) expect(found).toEqual([])
})
