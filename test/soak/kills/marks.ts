import { readFileSync } from 'node:fs'

/** What a job leaves behind when it begins, and when it is about to end. */
export interface Mark {
  readonly what: 'start' | 'done'
  readonly runId: string
  readonly job: string
  readonly jobId: string
  readonly attempt: number
  /** Milliseconds. */
  readonly at: number
}

const SCRIPT = (seconds: number) =>
  [
    'mark() { echo "$1 $BATCHWISE_RUN_ID $BATCHWISE_JOB $AWS_BATCH_JOB_ID $AWS_BATCH_JOB_ATTEMPT $(date +%s%3N)" >> "$MARKS"; }',
    `mark start; sleep ${seconds}; mark done`,
  ].join('; ')

/** A workflow of four jobs, chained by Batch and by events, that mark what they do in a file. */
export function markingWorkflow(file: string, seconds: number): string {
  const job = (more: string) =>
    `{ image: marks, command: [sh, -c, ${JSON.stringify(SCRIPT(seconds))}], environment: { MARKS: ${JSON.stringify(file)} }, ` +
    `vcpu: 0.25, memory: 512MiB, timeout: 10m, retry: { attempts: 10, on: [spot] }${more} }`
  return `workflow: marks
triggers: [{ object: { bucket: "\${stack.inputBucket}", key: "marks/{name}" } }]
jobs:
  a: ${job('')}
  b: ${job(', dependsOn: [a]')}
  c: ${job(', dependsOn: [a], when: always')}
  d: ${job(', dependsOn: [b, c]')}
`
}

export function readMarks(file: string): readonly Mark[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [what = '', runId = '', job = '', jobId = '', attempt, at] = line.split(' ')
      return { what: what as Mark['what'], runId, job, jobId, attempt: Number(attempt), at: Number(at) }
    })
}
