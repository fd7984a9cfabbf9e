import { didYouMean } from './did-you-mean.ts'
import { shownName } from './escape-text.ts'
import { parseKeyPattern } from './key-pattern.ts'
import { patternsOverlap } from './pattern-overlap.ts'
import type { Problem } from './problem.ts'
import type { Trigger, Workflow } from './workflow.ts'

const OUTPUT_BUCKET = '${stack.outputBucket}'

/** A problem of one of several workflows. */
export interface ChainProblem {
  readonly workflow: string
  readonly triggerIndex: number
  readonly problem: Problem
}

/**
 * E150 and E153: what a workflow starts after. Best effort: that a run writes its results under `${run.output}` is known,
 * what its programs write elsewhere is not; a chain of runs ends at run time too.
 *
 * @param names of all workflows, also of those that cannot be read
 */
export function* checkChains(
  workflows: readonly Workflow[],
  names: readonly string[],
): Generator<ChainProblem> {
  const followers = new Map(workflows.map(({ name }) => [name, followersOf(name, workflows)]))
  for (const { name: workflow, triggers } of workflows) {
    for (const [triggerIndex, trigger] of triggers.entries()) {
      const path = ['triggers', triggerIndex, trigger.type]
      if (trigger.type === 'after' && !names.includes(trigger.workflow)) {
        yield {
          workflow,
          triggerIndex,
          problem: unknownWorkflow([...path, 'workflow'], trigger.workflow, names),
        }
      }
      const leader = names.find(name => follows(trigger, name) && reaches(followers, workflow, name))
      if (leader === undefined) continue
      const ring = [leader, ...(pathTo(followers, workflow, leader) ?? [])]
      yield { workflow, triggerIndex, problem: ringProblem(path, ring) }
    }
  }
}

type Followers = ReadonlyMap<string, readonly string[]>

function followersOf(leader: string, workflows: readonly Workflow[]): readonly string[] {
  return workflows
    .filter(({ triggers }) => triggers.some(trigger => follows(trigger, leader)))
    .map(({ name }) => name)
}

/** Whether a run of `leader` may fire the trigger: by its end, or by what it writes under its output. */
function follows(trigger: Trigger, leader: string): boolean {
  if (trigger.type === 'after') return trigger.workflow === leader
  if (trigger.type !== 'object' || trigger.bucket !== OUTPUT_BUCKET) return false
  return patternsOverlap(parseKeyPattern(trigger.key), parseKeyPattern(`${leader}/**`))
}

function reaches(followers: Followers, from: string, to: string): boolean {
  return pathTo(followers, from, to) !== undefined
}

/** The shortest way, both ends included; `from` alone where both are one. */
function pathTo(followers: Followers, from: string, to: string): readonly string[] | undefined {
  const seen = new Set([from])
  const open: string[][] = [[from]]
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const last = path.at(-1) ?? ''
    if (last === to) return path
    for (const next of followers.get(last) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push([...path, next])
    }
  }
  return undefined
}

function unknownWorkflow(path: Problem['path'], name: string, names: readonly string[]): Problem {
  const meant = didYouMean(name, names)
  const mend = meant
    ? `Did you mean ${shownName(meant)}?`
    : `The workflows are ${names.map(shownName).join(', ')}.`
  return { code: 'E153', path, message: `There is no workflow ${shownName(name)}.`, mend }
}

function ringProblem(path: Problem['path'], ring: readonly string[]): Problem {
  const message = `The runs would start each other for ever: ${ring.map(shownName).join(' -> ')}.`
  return {
    code: 'E150',
    path,
    message,
    mend: 'Take one of the triggers out, or make its key leave the results out.',
  }
}
