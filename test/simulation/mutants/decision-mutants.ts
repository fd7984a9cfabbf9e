import { type Mutant, mutant } from './mutant.ts'

const NATIVE = 'src/core/run/native-dependency.ts'
const VIEW = 'src/core/run/job-view.ts'
const DECIDE = 'src/core/run/decide.ts'
const CHANGE = 'src/service/record-change.ts'
const WRITES = 'src/core/run/job-writes.ts'
const WAVE = 'src/service/submit-wave.ts'

/** Native edges, what follows from other jobs, cancelling. */
export const decisionMutants: readonly Mutant[] = [
  mutant('native edges for every condition', NATIVE, "view.job.when !== 'success' || ", ''),
  mutant('native edges for a job chained by events', NATIVE, '|| isEventOnly(view) ||', '||', {
    profiles: ['race', 'harsh', 'brutal'],
  }),
  mutant('native edges onto a job chained by events', NATIVE, 'isEventOnly(parent) || ', '', {
    profiles: ['race', 'harsh', 'brutal'],
    survives: 'That job waits for one that failed for good: both are skipped.',
  }),
  mutant(
    'native edges onto a job that is not in Batch',
    NATIVE,
    'if (!isInBatch(parent, planned) || isNeverParent) return undefined',
    'if (isNeverParent) return undefined',
  ),
  mutant('the other queue again and again', CHANGE, 'isTurn && !record.fallback', 'isTurn'),
  mutant(
    'no other queue',
    CHANGE,
    'const isTurn = hasFallback',
    'const isTurn = !hasFallback && hasFallback',
  ),
  mutant('a claim forgets the other queue', WRITES, 'fallback: again ? undefined : record?.fallback,', ''),
  mutant(
    'a retry stays on the other queue',
    WRITES,
    'fallback: again ? undefined : record?.fallback,',
    'fallback: record?.fallback,',
  ),
  mutant('native edges without end', NATIVE, 'entries <= MAX_DEPENDENCIES', 'entries > 0'),
  mutant('an array of no items is submitted', NATIVE, ' || childrenOf(view.job) === 0', ''),
  mutant(
    'native edges onto what was not submitted',
    WAVE,
    "if (parent?.state !== 'SUBMITTED' || parent.jobId === undefined) return []",
    "if (parent?.jobId === undefined) return command.native.slice(0, 1).map(() => ({ jobId: 'none' }))",
    { profiles: ['harsh', 'brutal'] },
  ),
  mutant(
    'what succeeded before a job that runs again stays',
    VIEW,
    'return isNamed(run, record) || !succeeded || newestUpstream > record.epoch',
    'return isNamed(run, record) || !succeeded',
  ),
  mutant(
    'everything runs again after a retry',
    VIEW,
    'return isNamed(run, record) || !succeeded || newestUpstream > record.epoch',
    'return true',
  ),
  mutant(
    'nothing runs again after a retry',
    VIEW,
    'if (!isFinalJob(record.state) || record.epoch >= run.epoch) return false',
    'if (record.epoch > 0) return false',
  ),
  mutant('a failed job runs again within its epoch', VIEW, '|| record.epoch >= run.epoch', ''),
  mutant(
    'a job starts when one dependency succeeded',
    VIEW,
    "if (upstream.every(view => view.state === 'SUCCEEDED')) return 'ready'",
    "if (upstream.length === 0 || upstream.some(view => view.state === 'SUCCEEDED')) return 'ready'",
  ),
  mutant('an `always` job does not wait', VIEW, "return allEnded ? 'ready' : 'wait'", "return 'ready'"),
  mutant('a `failure` job does not wait for all', VIEW, "if (!allEnded) return 'wait'", ''),
  mutant(
    'what was skipped for a failure is no failure',
    VIEW,
    "failure: job.when === 'success' && upstream.some(v => v.failure),",
    'failure: false,',
  ),
  mutant(
    'the run ends while a job lives',
    DECIDE,
    'for (const view of views.values()) if (!hasEnded(view)) return []',
    "for (const view of views.values()) if (!hasEnded(view) && view.state !== 'SUBMITTED') return []",
  ),
  mutant(
    'a cancelled run submits on',
    DECIDE,
    '...cancellations(snapshot, now),',
    "...submissions({ ...snapshot, run: { ...run, status: 'RUNNING' } }, viewJobs({ ...snapshot, run: { ...run, status: 'RUNNING' } }), now),\n        ...cancellations(snapshot, now),",
  ),
  mutant(
    'a cancelled run does not stop its jobs',
    DECIDE,
    "return now - asked < TERMINATE_AGAIN ? [] : [{ type: 'terminate', record, jobId: record.jobId }]",
    'return asked > now ? [] : []',
  ),
  mutant(
    'a cancelled run leaves what waits',
    DECIDE,
    "if (record.state === 'WAITING') return [{ type: 'cancelWaiting', record }]",
    '',
  ),
  mutant(
    'a lost job is no failure of the run',
    DECIDE,
    "if (view.state === 'FAILED' || view.state === 'LOST')",
    "if (view.state === 'FAILED')",
    { profiles: ['harsh', 'brutal'] },
  ),
]
