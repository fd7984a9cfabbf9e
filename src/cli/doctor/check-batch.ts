import { patientBatchClient } from '../../aws/batch-clients.ts'
import { type ComputeEnvironment, createEnvironmentReader } from '../../aws/environment-reader.ts'
import type { DescribedQueue } from '../../aws/queue-reader.ts'
import { explainEnd } from '../../core/run/explain-end.ts'
import { elapsed } from '../terminal/time.ts'
import type { Check, Finding, Patient } from './check.ts'

/** A job that waits for a machine so long is stuck; reasons given earlier come and go while an environment grows. */
const STUCK_AFTER = 10 * 60_000
const JOBS_LOOKED_AT = 100

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

export const noJobIsStuck: Check = {
  name: 'no job waits for a machine for long',
  async run(patient) {
    const queues = await queuesInUse(patient)
    const findings = await Promise.all(queues.map(({ name }) => stuckIn(name, patient)))
    return findings.flat()
  },
}

async function stuckIn(queue: string, { batch, now }: Patient): Promise<readonly Finding[]> {
  const waiting = await batch.list({ queue }, 'RUNNABLE', JOBS_LOOKED_AT)
  return waiting
    .filter(({ createdAt }) => now - createdAt > STUCK_AFTER)
    .map(({ jobName, createdAt, statusReason }) => ({
      problem: `${jobName} has been waiting in ${queue} for ${elapsed(now - createdAt)}: ${explainEnd({ ...(statusReason !== undefined && { statusReason }) }) ?? 'AWS Batch gives no reason'}.`,
      mend: 'If nothing changes, look at maxvCpus, instance types and subnets of its compute environment.',
    }))
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
    Object.values(workflow.jobs).map(({ jobQueue }) => jobQueue),
  )
  return [...new Set(queues.filter(queue => !queue.includes('${')).map(lastPart))]
}

/** The name in an ARN; a name is one already. */
function lastPart(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
}
