import { type Mutant, mutant } from './mutant.ts'

const WRITES = 'src/core/run/run-writes.ts'
const ADVANCE = 'src/service/advance.ts'
const SWEEP = 'src/service/sweep.ts'
const CARRY_OUT = 'src/service/carry-out.ts'
const ALERT = 'src/service/publish-alert.ts'
const PORTS = 'test/simulation/aws/ports.ts'

const FINISH_CONDITION = "remove: ['advanceAt'],\n    condition: asStatusRead(run),"

/** Rows start, finish, alert, cancel, retry; dueAt and the sweep; what an adapter owes. */
export const runMutants: readonly Mutant[] = [
  mutant('start over a run', WRITES, "condition: absent('runId')", 'condition: all()'),
  mutant(
    'finish whatever the status and epoch',
    WRITES,
    FINISH_CONDITION,
    FINISH_CONDITION.replace('asStatusRead(run)', 'all()'),
    { profiles: ['race', 'zombie'] },
  ),
  mutant(
    'finish whatever the epoch',
    WRITES,
    FINISH_CONDITION,
    FINISH_CONDITION.replace('asStatusRead(run)', "equals('status', run.status)"),
    { profiles: ['zombie', 'race', 'brutal'] },
  ),
  mutant(
    'finish whatever the status',
    WRITES,
    FINISH_CONDITION,
    FINISH_CONDITION.replace('asStatusRead(run)', "equals('epoch', run.epoch)"),
    { profiles: ['race', 'zombie', 'brutal'] },
  ),
  {
    name: 'the due time dropped at the finish',
    edits: [
      {
        file: WRITES,
        from: 'dueAt: dueTime(now),\n      [`alerts.${run.epoch}`]',
        to: '[`alerts.${run.epoch}`]',
      },
      {
        file: WRITES,
        from: FINISH_CONDITION,
        to: FINISH_CONDITION.replace("'advanceAt'", "'advanceAt', 'dueAt'"),
      },
    ],
    profiles: ['crashy', 'brutal'],
  },
  {
    name: 'the alert not in the write of the finish',
    edits: [
      { file: WRITES, from: '[`alerts.${run.epoch}`]: failed ? pending : undefined,', to: '' },
      {
        file: CARRY_OUT,
        from: 'return { snapshot, stale: true }\n  const { runId, workflow, createdAt } = snapshot.run',
        to: "return { snapshot, stale: true }\n  if (status === 'FAILED') await service.store.write({ ...write, set: { [`alerts.${snapshot.run.epoch}`]: { state: 'pending' } }, remove: [], condition: { type: 'equals', path: 'status', value: status } })\n  const { runId, workflow, createdAt } = snapshot.run",
      },
      {
        file: CARRY_OUT,
        from: 'stale: false,\n  }\n}\n\nasync function writeRun',
        to: 'stale: true,\n  }\n}\n\nasync function writeRun',
      },
    ],
    profiles: ['harsh', 'brutal'],
  },
  mutant(
    'alert told by everybody',
    WRITES,
    "equals(`alerts.${alert}.state`, 'pending'),\n      any(",
    'any(all(), ',
    { profiles: ['race'] },
  ),
  mutant(
    'alert told while another tells it',
    WRITES,
    'any(absent(`alerts.${alert}.until`), below(`alerts.${alert}.until`, now)),',
    '',
    { profiles: ['race'] },
  ),
  mutant(
    'alert marked before it is told',
    ALERT,
    'const later = await publish(',
    'await service.store.write(alertSentWrite(run, alert))\n  const later = await publish(',
    { profiles: ['harsh', 'brutal'] },
  ),
  mutant('alert never marked', ALERT, 'if (!(await service.store.write(mark)))', 'if (mark === undefined)'),
  mutant(
    'alert told though no time is left to mark it',
    'src/service/tell.ts',
    'return timeLeft() >= PUBLISH_MARGIN',
    'return timeLeft() > 0',
    { profiles: ['slow'] },
  ),
  mutant(
    'cancel of a final run',
    WRITES,
    "condition: oneOf('status', ['COLLECTING', 'QUEUED', 'RUNNING']),",
    'condition: all(),',
  ),
  mutant(
    'retry of a run that is not final',
    WRITES,
    "all(oneOf('status', ['SUCCEEDED', 'FAILED', 'CANCELLED']), equals('epoch', epoch))",
    "equals('epoch', epoch)",
    { profiles: ['race'] },
  ),
  mutant(
    'retry whatever the epoch',
    WRITES,
    "all(oneOf('status', ['SUCCEEDED', 'FAILED', 'CANCELLED']), equals('epoch', epoch))",
    "oneOf('status', ['SUCCEEDED', 'FAILED', 'CANCELLED'])",
    { profiles: ['race', 'brutal'] },
  ),
  mutant(
    'no due time at a retry',
    WRITES,
    'epoch: epoch + 1, dueAt: dueTime(now), ...next }',
    'epoch: epoch + 1, ...next }',
    { profiles: ['crashy'] },
  ),
  mutant(
    'due time raised whatever it was',
    WRITES,
    ": all(asStatusRead(run), asRead('dueAt', run.dueAt)),",
    ': asStatusRead(run),',
    {
      profiles: ['crashy', 'race'],
      survives: 'The next pass or sweep sets it again; every message in between would have to be lost.',
    },
  ),
  mutant(
    'due time moved whatever the status and epoch',
    WRITES,
    ": all(asStatusRead(run), asRead('dueAt', run.dueAt)),",
    ": asRead('dueAt', run.dueAt),",
    {
      profiles: ['crashy', 'race'],
      survives: 'The next pass or sweep sets it again; every message in between would have to be lost.',
    },
  ),
  mutant(
    'no due time for a live run',
    ADVANCE,
    'const check = isFinalRun(run.status) ? undefined : now + liveCheck(snapshot)',
    'const check = undefined as number | undefined',
  ),
  mutant(
    'no sweep',
    SWEEP,
    'const due = await service.store.dueRuns(service.clock.now())',
    'const due: string[] = []',
  ),
  mutant(
    'the sweep asks nobody to advance',
    SWEEP,
    'if (!(await service.store.write(sweptWrite(run, now + PUSH)))) return []\n  await service.queue.send(runId)',
    'if (!(await service.store.write(sweptWrite(run, now + PUSH)))) return []',
  ),
  mutant(
    'the sweep does not ask after silent jobs',
    SWEEP,
    'return isQuiet && record.jobId !== undefined',
    'return isQuiet && record.jobId === undefined',
  ),
  mutant(
    'the sweep trusts the index',
    SWEEP,
    'if (stored === undefined || stored.run.dueAt === undefined || stored.run.dueAt > now) return []',
    'if (stored === undefined) return []',
  ),
  mutant(
    'the sweep pushes whatever the due time',
    WRITES,
    "condition: asRead('dueAt', run.dueAt),\n  }\n}\n\n/** Reserves",
    'condition: all(),\n  }\n}\n\n/** Reserves',
  ),
  mutant(
    'a job that Batch does not know is never given up',
    SWEEP,
    'const MISSES = 3',
    'const MISSES = Number.POSITIVE_INFINITY',
    { profiles: ['harsh', 'brutal'] },
  ),
  mutant(
    'jobs read before the run',
    PORTS,
    '        () => {\n          run = store.readRun(runId)\n        },\n        () => {',
    '        () => {',
    { profiles: ['race', 'brutal'] },
  ),
  mutant(
    'the SDK repeats SubmitJob',
    PORTS,
    "port: 'batch.submit',",
    "port: 'batch.submit',\n        repeatable: true,",
  ),
]
