interface Visit {
  readonly name: string
  /** How many were entered before. */
  readonly number: number
  /** The lowest number that is reached from here and has no component yet. */
  lowest: number
  placed: boolean
  readonly successors: Iterator<string>
}

/**
 * Groups of nodes that reach each other, each group after all those it leads to; alone is a group too.
 * Linear in nodes and edges (Tarjan), and without recursion, because a chain may be as long as the file.
 *
 * @see https://doi.org/10.1137/0201010
 */
export function strongComponents(
  graph: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const components: string[][] = []
  const visits = new Map<string, Visit>()
  const unplaced: Visit[] = []
  const path: Visit[] = []

  const enter = (name: string) => {
    const number = visits.size
    const successors = (graph.get(name) ?? []).values()
    const visit: Visit = { name, number, lowest: number, placed: false, successors }
    visits.set(name, visit)
    unplaced.push(visit)
    path.push(visit)
  }
  const follow = (visit: Visit, successor: string) => {
    const seen = visits.get(successor)
    if (!seen && graph.has(successor)) enter(successor)
    else if (seen && !seen.placed) visit.lowest = Math.min(visit.lowest, seen.number)
  }
  const leave = (visit: Visit) => {
    path.pop()
    const parent = path.at(-1)
    if (parent) parent.lowest = Math.min(parent.lowest, visit.lowest)
    if (visit.lowest === visit.number) components.push(place(unplaced.splice(unplaced.lastIndexOf(visit))))
  }

  for (const root of graph.keys()) {
    if (!visits.has(root)) enter(root)
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const next = visit.successors.next()
      if (next.done) leave(visit)
      else follow(visit, next.value)
    }
  }
  return components
}

function place(component: readonly Visit[]): string[] {
  for (const visit of component) visit.placed = true
  return component.map(visit => visit.name)
}
