import { type Mutant, mutant } from './mutant.ts'

const WRITES = 'src/core/run/job-writes.ts'
const WAVE = 'src/service/submit-wave.ts'
const SUBMIT = 'src/service/submit-claimed.ts'
const LOST = 'src/service/find-lost.ts'
const DECIDE = 'src/core/run/decide.ts'

/** Rows claim, check, submit, refused, unknown, take over. */
export const claimMutants: readonly Mutant[] = [
  mutant(
    'claim without a condition',
    WRITES,
    'condition: any(asClaimable(record, again), heldBy(claim.token)),',
    'condition: all(),',
  ),
  mutant(
    'claim of a job that waits, whatever its submission and epoch',
    WRITES,
    "all(equals('state', 'WAITING'), hasNoJob, read)",
    "all(equals('state', 'WAITING'), hasNoJob)",
    {
      survives:
        'Only who read it waiting, slept through a whole submission that Batch failed for a dependency, and claims then would show it.',
    },
  ),
  mutant(
    'claim of a first submission, though there is a record',
    WRITES,
    "return absent('job')",
    'return all()',
  ),
  mutant('claim again of a job that has not ended', WRITES, 'again ? all(isFinal, read)', 'again ? read', {
    survives:
      'A record with the submission and epoch of one that had ended has ended: no write leaves a final state.',
  }),
  mutant(
    'claim again, whatever the submission and epoch',
    WRITES,
    'again ? all(isFinal, read)',
    'again ? isFinal',
  ),
  mutant(
    'claim again in the epoch before',
    WAVE,
    'submission, epoch: run.epoch, queue, record',
    'submission, epoch: record?.epoch ?? run.epoch, queue, record',
  ),
  mutant(
    'no check of the run after the claim',
    WAVE,
    "return current?.status === 'RUNNING' && current.epoch === run.epoch",
    'return current !== undefined',
    { profiles: ['race', 'zombie'] },
  ),
  mutant(
    'no check of the status after the claim',
    WAVE,
    "current?.status === 'RUNNING' && current.epoch",
    'current?.epoch',
    { profiles: ['race', 'zombie'] },
  ),
  mutant(
    'no look at the clock before SubmitJob',
    SUBMIT,
    'if (now() >= (record.claim?.until ?? 0) - SUBMIT_MARGIN) {',
    'if (now() < 0) {',
    { profiles: ['zombie', 'brutal'] },
  ),
  mutant(
    'unknown taken for a failure',
    SUBMIT,
    'return write(service, record, ambiguousWrite(record, token, now()))',
    "return write(service, record, refusedWrite(record, token, 'unknown', now()))",
  ),
  mutant(
    'unknown taken for a refusal for now',
    SUBMIT,
    'return write(service, record, ambiguousWrite(record, token, now()))',
    'return { ...(await write(service, record, giveBackWrite(record, token, now()))), retryAt: now() }',
  ),
  mutant(
    'a refusal for now taken for a failure',
    SUBMIT,
    'if (!outcome.again) return',
    'if (!outcome.again || outcome) return',
  ),
  mutant(
    'a refusal for good tried again',
    SUBMIT,
    'if (!outcome.again) return',
    'if (!outcome.again && !outcome) return',
  ),
  mutant(
    "giving back another's claim",
    WRITES,
    "remove: ['claim', 'claimedAt'],\n    condition: all(heldBy(token), hasNoJob, not(equals('ambiguous', true))),\n  }\n}\n\n/** SubmitJob was sent",
    "remove: ['claim', 'claimedAt'],\n    condition: equals('state', 'CLAIMED'),\n  }\n}\n\n/** SubmitJob was sent",
    { profiles: ['zombie', 'brutal'] },
  ),
  mutant(
    'a refusal recorded without the claim',
    WRITES,
    "stoppedAt: now, updatedAt: now },\n    remove: ['claim', 'claimedAt'],\n    condition: all(heldBy(token), hasNoJob, not(equals('ambiguous', true))),",
    "stoppedAt: now, updatedAt: now },\n    remove: ['claim', 'claimedAt'],\n    condition: all(),",
    { profiles: ['gruff'] },
  ),
  mutant(
    'no mark of an unknown answer',
    WRITES,
    'set: { ambiguous: true, updatedAt: now },',
    'set: { updatedAt: now },',
    {
      survives:
        'Whoever got no answer does nothing more with the claim, so the mark guards only against a later change of that.',
    },
  ),
  mutant(
    'take-over without settling',
    DECIDE,
    'return record.claim.until + times.settle < now ||',
    'return record.claim.until < now ||',
  ),
  mutant('take-over at once', DECIDE, 'return record.claim.until + times.settle < now ||', 'return true ||'),
  mutant(
    'take-over whoever holds the claim',
    WRITES,
    "condition: all(equals('state', 'CLAIMED'), hasNoJob, heldBy(record.claim.token)),",
    "condition: all(equals('state', 'CLAIMED'), hasNoJob),",
    { profiles: ['storm', 'brutal'] },
  ),
  mutant(
    'no take-over',
    DECIDE,
    '.filter(record => isAbandoned(record, times, now))',
    '.filter(() => false)',
  ),
  mutant(
    'no look-up by ListJobs',
    LOST,
    'const [first, ...others] = await findSubmission(service, queue, identity)',
    'const [first, ...others] = [] as ListedJob[]',
  ),
  mutant(
    'an error of ListJobs taken for "none"',
    LOST,
    'const [first, ...others] = await findSubmission(service, queue, identity)',
    'const [first, ...others] = await findSubmission(service, queue, identity).catch(() => [] as ListedJob[])',
    { profiles: ['harsh', 'brutal'] },
  ),
  mutant(
    'a claim that was taken over is kept',
    LOST,
    'if (first === undefined) return waitAgain(service, snapshot, taken, token)',
    'if (first === undefined && token === undefined) return waitAgain(service, snapshot, taken, token)\n  if (first === undefined) return taken',
  ),
  mutant(
    'a duplicate found by the take-over is left alone',
    LOST,
    'for (const { jobId } of others) if (jobId !== current.jobId) await discard(service, record, jobId)',
    '',
    { profiles: ['deaf'], survives: 'The look five minutes later stops it.' },
  ),
  mutant(
    'no look for late submissions',
    LOST,
    'const LOOK_AGAIN = [5 * 60_000, 30 * 60_000]',
    'const LOOK_AGAIN: number[] = []',
    { profiles: ['deaf'] },
  ),
  mutant(
    'looks for late submissions are lost with the next claim',
    WRITES,
    'queue,\n      relist: record?.relist,',
    'queue,',
    { profiles: ['deaf'] },
  ),
  mutant(
    'a late submission is adopted though the run has ended',
    LOST,
    '&& !isFinalRun(snapshot.run.status)',
    '',
    { profiles: ['late'] },
  ),
]
