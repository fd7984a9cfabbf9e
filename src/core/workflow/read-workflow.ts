import { checkAlerts } from './check-alerts.ts'
import { checkArrays } from './check-arrays.ts'
import { checkAttempts } from './check-attempts.ts'
import { checkCollect } from './check-collect.ts'
import { checkCommands } from './check-commands.ts'
import { checkConcurrency } from './check-concurrency.ts'
import { checkContainers } from './check-container.ts'
import { checkDependencies } from './check-dependencies.ts'
import { checkEnvironment } from './check-environment.ts'
import { checkEvents } from './check-events.ts'
import { checkFallback } from './check-fallback.ts'
import { checkLookUps } from './check-look-ups.ts'
import { checkNames } from './check-names.ts'
import { checkParameters } from './check-parameters.ts'
import { checkRequestSizes } from './check-request-size.ts'
import { checkResources } from './check-resources.ts'
import { checkSchedules } from './check-schedules.ts'
import { checkShape } from './check-shape.ts'
import { checkDefinitionSize, checkJobCount } from './check-size.ts'
import { checkTolerance } from './check-tolerance.ts'
import { checkTriggerParameters } from './check-trigger-parameters.ts'
import { checkTriggers } from './check-triggers.ts'
import { compileWorkflow } from './compile-workflow.ts'
import { type Diagnostic, isError } from './diagnostic.ts'
import type { Draft } from './draft.ts'
import { locateProblem, locateProblems, type Place, placeOf } from './locate-problem.ts'
import type { Path, Problem } from './problem.ts'
import { valueAt } from './tree.ts'
import type { Workflow } from './workflow.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'

export interface WorkflowContext {
  /** Names that `${stack.NAME}` may have. */
  readonly stackNames: readonly string[]
}

export interface ReadWorkflow {
  /** Absent when there is any error. */
  readonly workflow?: Workflow
  /** The name the file gives itself, read even where the rest is at fault. */
  readonly name?: string
  readonly namePlace?: Place
  /** Finds the places of problems that show only when all files are read. */
  readonly locate: (problem: Problem) => Diagnostic
  /** All of them at once, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Of each check: a file with more faults is mended in steps. */
const MOST_OF_A_KIND = 500

const CHECKS: readonly ((draft: Draft) => Iterable<Problem>)[] = [
  checkJobCount,
  checkParameters,
  checkAlerts,
  checkTriggers,
  checkCollect,
  checkSchedules,
  checkConcurrency,
  checkEvents,
  checkTriggerParameters,
  checkContainers,
  checkNames,
  checkResources,
  checkAttempts,
  checkFallback,
  checkEnvironment,
  checkCommands,
  checkDependencies,
  checkArrays,
  checkTolerance,
  checkLookUps,
]

/**
 * Reads and checks one workflow file. Takes any input and never throws: whatever is wrong is a diagnostic.
 *
 * @example
 * const { workflow, diagnostics } = readWorkflow(text, 'workflows/pairs.yaml', { stackNames: ['inputBucket'] })
 */
export function readWorkflow(
  text: string | Uint8Array,
  file: string,
  context: WorkflowContext,
): ReadWorkflow {
  const source = readYaml(text, isText)
  const { problems, workflow } = check(source, context)
  const diagnostics = locateProblems(problems, source, file)
  const name = valueAt(source.value, ['workflow'])
  return {
    ...(workflow && !diagnostics.some(isError) && { workflow }),
    ...(typeof name === 'string' && { name, namePlace: placeOf(['workflow'], source) }),
    locate: problem => locateProblem(problem, source, file),
    diagnostics,
  }
}

interface Checked {
  readonly problems: readonly Problem[]
  readonly workflow?: Workflow
}

function check(source: YamlSource, { stackNames }: WorkflowContext): Checked {
  if (source.value === undefined) return { problems: source.problems }
  const { file, problems: shape } = checkShape(source.value)
  const problems = [...source.problems, ...shape]
  if (!file) return { problems }
  const draft: Draft = { raw: source.value, file, stackNames }
  for (const check of CHECKS) problems.push(...firstOf(check(draft), MOST_OF_A_KIND))
  if (problems.some(({ code }) => code.startsWith('E'))) return { problems }
  const workflow = compileWorkflow(file)
  problems.push(...checkDefinitionSize(workflow), ...checkRequestSizes(workflow))
  return { problems, workflow }
}

function* firstOf<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let left = count
  for (const item of items) {
    if (left-- === 0) return
    yield item
  }
}

/** Values that reach Batch as texts keep the digits of the file: `VERSION: 1.10` is not 1.1. */
function isText(path: Path): boolean {
  if (path[0] === 'tags') return true
  if (path[0] === 'defaults') return path[1] === 'environment' || path[1] === 'tags'
  if (path[0] !== 'jobs') return false
  if (path[2] === 'array') return path[3] === 'items'
  return ['command', 'environment', 'parameters', 'tags'].includes(String(path[2]))
}
