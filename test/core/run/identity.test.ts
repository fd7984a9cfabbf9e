import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jobNameOf, parseJobName } from '../../../src/core/run/job-name.ts'
import { runIdOf, type TriggerIdentity } from '../../../src/core/run/run-identity.ts'

const upload = (more: Partial<TriggerIdentity> = {}): TriggerIdentity =>
  ({ type: 'object', bucket: 'b', key: 'k', sequencer: '0A', etag: 'e', ...more }) as TriggerIdentity

describe('the id of a run', () => {
  it.each<[string, TriggerIdentity, boolean]>([
    ['is the same for a second delivery', upload(), true],
    ['is the same whatever case the sequencer has', upload({ sequencer: '0a' } as never), true],
    ['differs for another upload of the same key', upload({ sequencer: '0B' } as never), false],
    ['differs for another key', upload({ key: 'K' } as never), false],
    ['is of the version where there is one', upload({ versionId: 'v' } as never), false],
  ])('%s', (_title, identity, same) => {
    expect(runIdOf('s', 'w', identity) === runIdOf('s', 'w', upload())).toBe(same)
  })

  it('differs between stacks, workflows and kinds of trigger, and cannot be made alike by where parts are cut', () => {
    const ids = [
      runIdOf('s', 'w', upload()),
      runIdOf('s2', 'w', upload()),
      runIdOf('s', 'w2', upload()),
      runIdOf('s', 'w', { type: 'manual', requestId: 'k' }),
      runIdOf('s', 'w', { type: 'object', bucket: 'bk', key: '', sequencer: '0A' }),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is 26 characters of lower-case base32', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (bucket, key) => {
        expect(runIdOf('s', 'w', { type: 'object', bucket, key })).toMatch(/^[a-z2-7]{26}$/)
      }),
    )
  })
})

describe('the name of a job', () => {
  const name = (length: number) => fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{0,${length - 1}}$`))
  it('is read back, and fits in 124 characters', () => {
    fc.assert(
      fc.property(
        name(19),
        name(40),
        name(32),
        fc.stringMatching(/^[a-z2-7]{26}$/),
        fc.integer({ min: 1, max: 999 }),
        (stack, workflow, job, runId, submission) => {
          const identity = { stack, workflow, job, runId, submission }
          expect(jobNameOf(identity).length).toBeLessThanOrEqual(124)
          expect(parseJobName(jobNameOf(identity))).toEqual(identity)
        },
      ),
    )
  })

  it.each([
    '',
    'job',
    'a_b_c_d_1',
    `s_w_j_${'a'.repeat(26)}_0`,
    `S_w_j_${'a'.repeat(26)}_1`,
    `s_w_j_${'a'.repeat(26)}_1_2`,
  ])('passes over %j', text => expect(parseJobName(text)).toBeUndefined())
})
