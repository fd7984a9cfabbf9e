import { BatchwiseError } from '../errors.ts'
import { strongComponents } from './strong-components.ts'
import type { Workflow } from './workflow.ts'

/** Job names, in the order of the file, with the names of the jobs each depends on. */
export type Graph = ReadonlyMap<string, readonly string[]>

export function graphOf(workflow: Workflow): Graph {
  const edges = Object.entries(workflow.jobs).map(
    ([name, job]) => [name, job.dependsOn.map(dependency => dependency.job)] as const,
  )
  return new Map(edges)
}

/**
 * Every job after all it depends on, else in the order of the file. Names that are no job are passed over.
 *
 * @throws {BatchwiseError} E122 if there is a cycle.
 */
export function topologicalOrder(graph: Graph): readonly string[] {
  const [cycle] = cyclesOf(graph)
  if (cycle)
    throw new BatchwiseError('E122', `The jobs depend on each other in a circle: ${cycle.join(' -> ')}.`)
  return strongComponents(graph).flat()
}

/**
 * One path `a, b, a` for each group of jobs that wait for each other: the shortest one from the group's first job in
 * the file along the dependencies. A job that depends on itself is `a, a`.
 */
export function cyclesOf(graph: Graph): readonly (readonly string[])[] {
  const places = new Map([...graph.keys()].map((name, place) => [name, place]))
  const byPlace = (a = '', b = '') => (places.get(a) ?? 0) - (places.get(b) ?? 0)
  return strongComponents(graph)
    .filter(([name = '', second]) => second !== undefined || graph.get(name)?.includes(name))
    .map(group => group.toSorted(byPlace))
    .sort(([a], [b]) => byPlace(a, b))
    .map(([first = '', ...others]) => pathBackTo(graph, first, new Set([first, ...others])))
}

/** All jobs that depend on one of the names, directly or through others, without the names; in the order of the file. */
export function descendantsOf(graph: Graph, names: Iterable<string>): readonly string[] {
  const dependents = new Map<string, string[]>([...graph.keys()].map(name => [name, []]))
  for (const [name, dependencies] of graph) for (const on of dependencies) dependents.get(on)?.push(name)
  const roots = new Set(names)
  const reached = new Set(roots)
  for (const name of reached) for (const dependent of dependents.get(name) ?? []) reached.add(dependent)
  return [...graph.keys()].filter(name => reached.has(name) && !roots.has(name))
}

function pathBackTo(graph: Graph, start: string, group: ReadonlySet<string>): readonly string[] {
  const cameFrom = new Map<string, string>()
  const reached = new Set([start])
  for (const name of reached) {
    for (const dependency of graph.get(name) ?? []) {
      if (dependency === start) return [...wayTo(name, cameFrom), start]
      if (!group.has(dependency) || reached.has(dependency)) continue
      cameFrom.set(dependency, name)
      reached.add(dependency)
    }
  }
  return [start]
}

function wayTo(name: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way: string[] = []
  for (let at: string | undefined = name; at !== undefined; at = cameFrom.get(at)) way.push(at)
  return way.reverse()
}
