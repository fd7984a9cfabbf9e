import { named } from './named.ts'
import { type Path, type Problem, pathText } from './problem.ts'
import { type ShapeIssue, shapeProblems } from './shape-problem.ts'
import { recordOf, valueAt, without } from './tree.ts'
import { WorkflowFile } from './workflow-schema.ts'

interface CheckedShape {
  /** What is left when everything faulty is taken out; undefined when that is nothing to check. */
  readonly file?: WorkflowFile
  readonly problems: readonly Problem[]
}

/** Each round cuts at least one level off a fault; no file is nested deeper. */
const MOST_ROUNDS = 100

/**
 * Checks the shape of a file, and takes out what does not fit until the rest does: so one faulty key hides no other.
 */
export function checkShape(root: unknown): CheckedShape {
  const problems = new Map<string, Problem>()
  let tree = root
  for (let round = 0; round < MOST_ROUNDS && tree !== undefined; round++) {
    const result = WorkflowFile.safeParse(tree)
    if (result.success) return { file: result.data, problems: [...problems.values()] }
    const whole = tree
    const found = result.error.issues.flatMap(issue => shapeProblems(whole, issue as ShapeIssue))
    for (const problem of found) report(problem, problems)
    const faulty = found.map(({ code, path }) => (code === 'E110' ? path : faultyPart(whole, path)))
    tree = withStandIns(without(tree, faulty))
  }
  return { problems: [...problems.values()] }
}

/** What is missing only because it was taken out is no new fault: a place is reported once. */
function report(problem: Problem, problems: Map<string, Problem>): void {
  const place = pathText(problem.path)
  if (!problems.has(place)) problems.set(place, problem)
}

/**
 * What is missing makes faulty what it is missing in, and an item half taken out would be a fault of its own: its list goes
 * as a whole.
 */
function faultyPart(tree: unknown, path: Path): Path {
  const list = path.findIndex(segment => typeof segment === 'number')
  if (list >= 0) return path.slice(0, list)
  return valueAt(tree, path) === undefined ? path.slice(0, -1) : path
}

/** A file without its name or its jobs is checked all the same. */
function withStandIns(tree: unknown): unknown {
  const record = recordOf(tree)
  return record && named([['workflow', 'unnamed'], ['jobs', named([])], ...Object.entries(record)])
}
