import { expect, it } from 'vitest'
import { stuckAlert } from '../../../src/core/alert/stuck-alert.ts'
import { explainStuck } from '../../../src/core/stuck/explain-stuck.ts'
import { environmentOf, lookOf } from '../stuck/look-of.ts'

const QUEUE = { queue: 'default', headJobId: 'id', since: 0, now: 60_000, workflows: ['w'] }

it.each([
  ['local', 'a job that is too large', 4, true],
  ['local', 'a job that would fit', 1, false],
  ['dev', 'a job that is too large', 4, false],
])('in %s, of %s: says whether its size was lowered to the machine', (stage, _title, vcpu, said) => {
  const look = lookOf({ environments: [environmentOf({ maxvCpus: 2 })], job: { vcpu } })
  const { email } = stuckAlert({ ...QUEUE, look, cause: explainStuck(look) }, { stage, sms: false })
  expect(email.includes('Local mode lowers what a job asks for')).toBe(said)
})
