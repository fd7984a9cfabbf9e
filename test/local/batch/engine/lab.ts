import type { Effect } from '../../../../src/local/batch/engine/effect.ts'
import { Engine } from '../../../../src/local/batch/engine/engine.ts'
import { type Job, type JobSpec, jobIdOf } from '../../../../src/local/batch/engine/job.ts'
import type { AttemptEnd } from '../../../../src/local/batch/engine/retry.ts'
import type { Submission } from '../../../../src/local/batch/submission.ts'

const SUBMISSION: Submission = {
  jobName: 'any',
  jobDefinition: 'arn:aws:batch:eu-central-1:000000000000:job-definition/any:1',
  jobQueue: 'arn:aws:batch:eu-central-1:000000000000:job-queue/main',
  image: 'any',
  command: ['true'],
  environment: [],
  resourceRequirements: [],
  container: {},
  parameters: {},
  platformCapabilities: ['EC2'],
  propagateTags: false,
}

export const exited = (exitCode: number): AttemptEnd => ({
  exitCode,
  statusReason: 'Essential container in task exited',
})

/** An engine with one queue, `main`, over one compute environment, `machine`, and a log of what it asked for. */
export class Lab {
  readonly engine: Engine
  readonly log: string[] = []
  readonly effects: Effect[] = []
  now = 1000
  #tasks = 0

  constructor(vcpus = 8) {
    this.engine = new Engine(() => `task${++this.#tasks}`)
    this.do(this.engine.setEnvironment('machine', true, { vcpus, memory: 16384, gpus: 0 }, this.now))
    this.do(this.engine.setQueue({ name: 'main', priority: 1, environments: ['machine'] }, this.now))
  }

  do(effects: readonly Effect[]): void {
    for (const effect of effects) {
      this.effects.push(effect)
      if (effect.type === 'changed') this.log.push(`${jobIdOf(effect.job)} ${effect.state.status}`)
    }
    if (effects.some(effect => effect.type === 'evaluate')) this.do(this.engine.evaluate(this.now))
  }

  submit(jobId: string, spec: Partial<JobSpec> = {}): void {
    const defaults = {
      jobId,
      queue: 'main',
      createdAt: this.now,
      resources: { vcpus: 1, memory: 1024, gpus: 0 },
      retry: { attempts: 1, evaluateOnExit: [] },
      dependsOn: [],
      submission: SUBMISSION,
    }
    this.do(this.engine.submit({ ...defaults, ...spec }))
  }

  job(jobId: string): Job {
    const job = this.engine.find(jobId)
    if (job === undefined) throw new Error(`no job ${jobId}`)
    return job
  }

  runs(jobId: string): void {
    const job = this.job(jobId)
    this.do(this.engine.attemptStarted(job, job.state.task ?? '', ++this.now))
  }

  ends(jobId: string, end: AttemptEnd = exited(0)): void {
    const job = this.job(jobId)
    if (job.state.status === 'STARTING') this.runs(jobId)
    this.do(this.engine.attemptEnded(job, job.state.task ?? '', end, ++this.now))
  }

  cancel(jobId: string): void {
    this.do(this.engine.stop(this.job(jobId), { kind: 'cancel', reason: 'not wanted' }, ++this.now))
  }

  terminate(jobId: string): void {
    this.do(this.engine.stop(this.job(jobId), { kind: 'terminate', reason: 'enough' }, ++this.now))
  }

  /** `RUNNABLE`, or with its reason `FAILED: Dependent Job failed`. */
  status(jobId: string): string {
    const { status, statusReason } = this.job(jobId).state
    return statusReason === undefined ? status : `${status}: ${statusReason}`
  }
}
