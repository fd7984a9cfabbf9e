import { MAX_INPUT_BYTES } from '../../core/run/execution-request.ts'
import { isNearLimit, type Plan, type PlannedJob } from '../../core/run/plan.ts'
import { MAX_OVERRIDES_BYTES, MAX_REQUEST_BYTES } from '../../core/run/submission-request.ts'
import { escapeText } from '../../core/workflow/escape-text.ts'
import type { Job, Workflow } from '../../core/workflow/workflow.ts'
import { cutTo } from '../terminal/cut.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { shellWords } from './shell-words.ts'

/** The jobs of a plan in the order of their submission, each with its dependencies and its request in short. */
export function planLines(
  { jobs }: Plan,
  workflow: Workflow,
  terminal: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  return jobs.flatMap((planned, index) => {
    const job = workflow.jobs[planned.job]
    const title = `${index + 1}. ${planned.job}`
    const facts = [...edgeFacts(planned, job), ...requestFacts(planned, job)]
    return [
      terminal.paint(planned.problem === undefined ? 'bold' : 'red', cutTo(title, terminal.width())),
      ...facts.map(([name, value]) => cutTo(`   ${name.padEnd(11)} ${escapeText(value)}`, terminal.width())),
    ]
  })
}

type Fact = readonly [name: string, value: string]

function edgeFacts({ edges, children, itemsFrom }: PlannedJob, job: Job | undefined): readonly Fact[] {
  return [
    ...(edges.length === 0 ? [['starts', 'at once'] as const] : []),
    ...edges.map(({ on, kind, why }): Fact => [kind, kind === 'native' ? why : `after ${on}: ${why}`]),
    ...(children === undefined ? [] : [['array', arrayText(children, job)] as const]),
    ...(itemsFrom === undefined ? [] : [['array', laterText(itemsFrom, job)] as const]),
  ]
}

function arrayText(children: number, job: Job | undefined): string {
  if (children === 0) return 'no items: it succeeds without being submitted'
  return `${children} children${job?.sequential ? ', one after another' : ''}`
}

function laterText(itemsFrom: string, job: Job | undefined): string {
  const each = job?.array?.type === 'lines' ? 'line of' : 'object under'
  return `a child for each ${each} ${itemsFrom}${job?.sequential ? ', one after another' : ''}`
}

function requestFacts(planned: PlannedJob, job: Job | undefined): readonly Fact[] {
  const { request, execution, problem, requestBytes, overridesBytes } = planned
  if (problem !== undefined) return [['PROBLEM', problem]]
  if (execution !== undefined) {
    const { stateMachineArn, name, input } = execution
    const size = `${requestBytes} of ${MAX_INPUT_BYTES} bytes`
    return [
      ['execution', name],
      ['of', stateMachineArn],
      ['input', input],
      ['size', isNearLimit(planned) ? `${size}: nearly full, pass big inputs in a file` : size],
    ]
  }
  if (request === undefined) return []
  const { command } = request.containerOverrides
  const bytes = `${requestBytes} of ${MAX_REQUEST_BYTES} bytes, overrides ${overridesBytes} of ${MAX_OVERRIDES_BYTES}`
  return [
    ['definition', request.jobDefinition],
    ['queue', request.jobQueue],
    ...(command === undefined ? [] : [['command', shellWords(command)] as const]),
    ...attemptFacts(request, planned.fallback, job),
    ...(request.timeout === undefined
      ? []
      : [['timeout', `${request.timeout.attemptDurationSeconds} s for each attempt`] as const]),
    ['request', isNearLimit(planned) ? `${bytes}: nearly full, pass big inputs in a file` : bytes],
  ]
}

function attemptFacts(
  { retryStrategy, jobQueue }: NonNullable<PlannedJob['request']>,
  fallback: PlannedJob['fallback'],
  job: Job | undefined,
): readonly Fact[] {
  const attempts = retryStrategy === undefined ? '' : `at most ${retryStrategy.attempts}`
  if (fallback === undefined) return attempts === '' ? [] : [['attempts', attempts]]
  // Our own job definitions have no strategy, with which Batch makes one attempt.
  const left = fallback.retryStrategy?.attempts ?? (job?.container.type === 'image' ? 1 : undefined)
  const more = left === undefined ? 'as often as the job definition says' : `at most ${left} more`
  return [
    ['attempts', `${attempts} on ${jobQueue}`],
    ['fallback', `when the last of them loses its machine then ${fallback.jobQueue}, ${more}`],
  ]
}
