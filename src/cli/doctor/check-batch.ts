import { patientBatchClient } from '../../aws/batch-clients.ts'
import { createEnvironmentReader } from '../../aws/environment-reader.ts'
import type { DescribedQueue } from '../../aws/queue-reader.ts'
import { alertsOf } from '../../core/alert/alert-kind.ts'
import { explainStuck } from '../../core/stuck/explain-stuck.ts'
import type { ComputeEnvironment } from '../../core/stuck/queue-look.ts'
import { isStuck, openCauses, type ToldRecord, toldKey } from '../../core/stuck/queue-record.ts'
import { localSizeNote } from '../../core/stuck/size-cause.ts'
import { elapsed } from '../terminal/time.ts'
import type { Check, Finding, Patient } from './check.ts'

/** A job that is the next for so long is stuck; reasons given earlier come and go while an environment grows. */
const STUCK_AFTER = 10 * 60_000

export const queuesAreValid: Check = {
  name: 'job queues are enabled and valid',
  async run(patient) {
    const found = await queuesInUse(patient)
    const missing = namesInUse(patient).filter(name => !found.some(queue => queue.name === name))
    return [
      ...missing.map(name => ({
        problem: `The job queue ${name}, which workflows use, is not there.`,
        mend: 'Make it, or name another under `jobQueue`.',
      })),
      ...found.flatMap(queueFindings),
    ]
  },
}

function queueFindings({ name, isEnabled, isValid, statusReason }: DescribedQueue): readonly Finding[] {
  return [
    ...(isEnabled
      ? []
      : [{ problem: `The job queue ${name} is disabled: it takes no new jobs.`, mend: 'Enable it.' }]),
    ...(isValid
      ? []
      : [
          {
            problem: `The job queue ${name} is not valid: ${statusReason}`,
            mend: 'Mend its compute environments.',
          },
        ]),
  ]
}

export const environmentsAreValid: Check = {
  name: 'compute environments are enabled and valid',
  async run(patient) {
    const names = new Set(
      (await queuesInUse(patient)).flatMap(({ environments }) => environments.map(lastPart)),
    )
    const reader = createEnvironmentReader(patientBatchClient(patient.connection.target))
    const environments = await reader.environments([...names])
    return environments.flatMap(environmentFindings)
  },
}

function environmentFindings({
  name,
  isEnabled,
  isValid,
  statusReason,
}: ComputeEnvironment): readonly Finding[] {
  return [
    ...(isEnabled
      ? []
      : [
          {
            problem: `The compute environment ${name} is disabled: no job starts there.`,
            mend: 'Enable it.',
          },
        ]),
    ...(isValid
      ? []
      : [
          {
            problem: `The compute environment ${name} is not valid: ${statusReason}`,
            mend: 'Its service role, subnets and instance types are the usual causes.',
          },
        ]),
  ]
}

export const noQueueIsStuck: Check = {
  name: 'no queue is stuck',
  async run(patient) {
    const queues = await queuesInUse(patient)
    const findings = await Promise.all(queues.map(({ name }) => stuckIn(name, patient)))
    return findings.flat()
  },
}

function stuckAfter({ definitions }: Patient): number {
  return Math.min(STUCK_AFTER, ...definitions.map(({ workflow }) => alertsOf(workflow).stuckAfter * 1000))
}

async function stuckIn(queue: string, patient: Patient): Promise<readonly Finding[]> {
  const { waiting, now } = patient
  const head = await waiting.head(queue)
  if (head === undefined) return []
  const told = await causesTold(queue, patient)
  const stuck = isStuck(head, undefined, stuckAfter(patient), now)
  if (!stuck && told.length === 0) return []
  const look = await waiting.look(queue, head.jobId)
  const cause = explainStuck(look)
  if (!stuck && !told.includes(cause.id)) return []
  const { text } = cause
  const note = patient.connection.isLocal ? localSizeNote(cause) : undefined
  const mend = note === undefined ? cause.mend : `${cause.mend} ${note}`
  const name = look.job?.jobName ?? head.jobId
  return [{ problem: `${name} has been first in ${queue} for ${elapsed(now - head.since)}: ${text}.`, mend }]
}

/** Whoever was told of a stuck queue finds it here, too, by whichever `stuckAfter` that was. */
async function causesTold(queue: string, { table, now }: Patient): Promise<readonly string[]> {
  const record = (await table.store.readItem(toldKey(queue))) as ToldRecord | undefined
  return openCauses(record, now).map(([id]) => id)
}

/** The stack's own, and those that the newest runs were submitted to. */
async function queuesInUse(patient: Patient): Promise<readonly DescribedQueue[]> {
  const all = await patient.queues.queues()
  const { isLocal, names } = patient.connection
  const used = new Set(namesInUse(patient))
  return all.filter(({ name }) => isLocal || used.has(name) || name.startsWith(`${names.stackName}-`))
}

/** A queue that a look-up names is known only when a job is submitted. */
function namesInUse({ definitions }: Patient): readonly string[] {
  const queues = definitions.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap(({ container, jobQueue, fallback }) =>
      container.type === 'stateMachine' ? [] : [jobQueue, ...(fallback ? [fallback.jobQueue] : [])],
    ),
  )
  return [...new Set(queues.filter(queue => !queue.includes('${')).map(lastPart))]
}

/** The name in an ARN; a name is one already. */
function lastPart(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}
