import { type Mutant, mutant } from './mutant.ts'

const WRITES = 'src/core/run/job-writes.ts'
const NEXT = 'src/core/run/next-submission-writes.ts'
const SUBMIT = 'src/service/submit-claimed.ts'
const CHANGE = 'src/service/record-change.ts'
const PARSER = 'src/core/event/job-state-change.ts'

const WIN_CONDITION =
  'condition: all(isSubmission(record.submission, jobId), not(isFinal)),\n  }\n}\n\n/** Takes over'
const CHANGE_CONDITION =
  "isSubmission(identity.submission, jobId),\n      not(isFinal),\n      ended ? present('job') : any(absent('progress'), below('progress', progress)),"

/** Rows win, event, again in the run. */
export const eventMutants: readonly Mutant[] = [
  mutant(
    'win over another winner',
    WRITES,
    WIN_CONDITION,
    WIN_CONDITION.replace(
      'isSubmission(record.submission, jobId)',
      "equals('submission', record.submission)",
    ),
    { profiles: ['late', 'sour'] },
  ),
  mutant(
    'win whatever the submission',
    WRITES,
    WIN_CONDITION,
    WIN_CONDITION.replace('isSubmission(record.submission, jobId)', "any(hasNoJob, equals('jobId', jobId))"),
    { profiles: ['zombie', 'late', 'brutal'] },
  ),
  mutant('win into a final state', WRITES, WIN_CONDITION, WIN_CONDITION.replace(', not(isFinal)', ''), {
    profiles: ['zombie', 'brutal'],
  }),
  mutant(
    'no discard of a submission that did not win',
    SUBMIT,
    'if (!recorded) await discard(service, record, jobId)',
    '',
    {
      profiles: ['deaf'],
      survives: 'The looks after five and thirty minutes stop it, and the first event that comes of it.',
    },
  ),
  mutant(
    'discard though the record names the job',
    SUBMIT,
    'const recorded = current?.submission === record.submission && current.jobId === jobId',
    'const recorded = false',
    { profiles: ['zombie', 'brutal'] },
  ),
  mutant(
    'no win: the events must tell',
    SUBMIT,
    'if (await service.store.write(won)) return',
    'if (won) return',
    {
      profiles: ['harsh', 'brutal'],
    },
  ),
  mutant(
    'event of another submission',
    WRITES,
    CHANGE_CONDITION,
    CHANGE_CONDITION.replace(
      'isSubmission(identity.submission, jobId)',
      "any(hasNoJob, equals('jobId', jobId))",
    ),
  ),
  mutant(
    'event of another job of the submission',
    WRITES,
    CHANGE_CONDITION,
    CHANGE_CONDITION.replace(
      'isSubmission(identity.submission, jobId)',
      "equals('submission', identity.submission)",
    ),
    { profiles: ['late', 'brutal'] },
  ),
  mutant(
    'event into a final state',
    WRITES,
    CHANGE_CONDITION,
    CHANGE_CONDITION.replace('not(isFinal),', ''),
    {
      profiles: ['sour'],
    },
  ),
  mutant(
    'event that goes back',
    WRITES,
    CHANGE_CONDITION,
    CHANGE_CONDITION.replace(
      "ended ? present('job') : any(absent('progress'), below('progress', progress)),",
      '',
    ),
  ),
  mutant(
    'event recorded in a final run',
    CHANGE,
    'const accepted = !isFinalRun(run.status) && (await',
    'const accepted = (await',
    { profiles: ['sour'] },
  ),
  mutant(
    'event does not ask for advance',
    CHANGE,
    'await requestAdvance(service, run, definition?.order.length ?? 0)',
    '',
  ),
  mutant(
    'a live job that no record names is left alone',
    CHANGE,
    'if (!accepted) await stopIfUnrecorded(service, identity, change)',
    '',
    { profiles: ['late'] },
  ),
  mutant(
    'a live job is stopped though its record names it',
    CHANGE,
    'if (record === undefined || standsFor(record, identity, change)) return',
    'if (record === undefined) return',
  ),
  mutant(
    "a child's event taken for its array's",
    PARSER,
    "if (/[:#]/.test(jobId) || objectIn(job['arrayProperties'])?.['index'] !== undefined) return undefined",
    '',
  ),
  mutant(
    'failed for a dependency that runs again: a failure',
    CHANGE,
    'if (failed || record === undefined',
    'if (record !== undefined || record === undefined',
    {
      profiles: ['race', 'harsh', 'brutal'],
      survives:
        'Only a dependency that fails in Batch and goes on in the run would show it, and onto those there are no native edges.',
    },
  ),
  mutant(
    'failed for a dependency that failed: runs again',
    CHANGE,
    'if (failed || record === undefined',
    'if (record === undefined',
    { survives: 'It waits, and is skipped as soon as the failure is recorded: the same end.' },
  ),
  mutant(
    'failed for a dependency, as any failure',
    WRITES,
    'dependencyFailed: failedForDependency(change) ? true : undefined,',
    '',
  ),
  mutant('chained natively again after Batch failed it for a dependency', NEXT, 'eventOnly: true,', '', {
    profiles: ['race', 'harsh', 'brutal'],
    survives: 'What it depends on has failed for good then, and it is skipped.',
  }),
]
