import type { Job, Workflow } from '../../../src/core/workflow/workflow.ts'
import { UNKNOWN_DEFINITION } from '../batch/batch-model.ts'
import { chosen, numberOf } from '../random.ts'

const KIND = 5101
/** Of seeds; the others are as they would be without executions. */
const SEEDS = 0.2
const JOBS = 0.4
const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:simulated'

/** Makes of some plain jobs executions of a state machine, in some seeds. */
export function withExecutions(seed: number, workflow: Workflow): Workflow {
  if (chosen(seed, KIND, 0, 0) >= SEEDS) return workflow
  const jobs = Object.entries(workflow.jobs).map(([name, job]) => {
    const isExecution = isPlain(job) && chosen(seed, KIND, 1, numberOf(`${workflow.name} ${name}`)) < JOBS
    return [name, isExecution ? execution(job) : job]
  })
  return { ...workflow, jobs: Object.fromEntries(jobs) }
}

function isPlain({ container, array, retry, fallback }: Job): boolean {
  const isKnown = container.type === 'existing' && container.jobDefinition !== UNKNOWN_DEFINITION
  return isKnown && array === undefined && retry === undefined && fallback === undefined
}

function execution(job: Job): Job {
  const input = { run: '${run.id}' }
  return {
    ...job,
    container: { type: 'stateMachine', stateMachine: STATE_MACHINE, input },
    jobQueue: STATE_MACHINE,
  }
}
