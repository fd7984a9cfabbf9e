import { cutTo } from '../terminal/cut.ts'
import { statusStyle } from '../terminal/status-style.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Arrow, Drawing, DrawnJob } from './drawing.ts'

/** A line that runs down from a job to those that depend on it. */
interface Lane {
  readonly from: string
  readonly left: Set<string>
}

/**
 * One line for each job, each below those it depends on. From a job's dot a lane runs down, and a branch goes from it to
 * the dot of every job that depends on it; a branch passes behind lanes it has nothing to do with:
 *
 *     ●    clean
 *     ├─●  visitors
 *     ├─┴─●  join
 *     └─●  dwell
 */
export function terminalGraph(
  { nodes, arrows }: Drawing,
  terminal: Pick<Terminal, 'width' | 'paint'>,
): readonly string[] {
  const lanes: (Lane | undefined)[] = []
  const rails = nodes.map(({ name }) => {
    const parents = new Set(arrows.filter(({ to }) => to === name).map(({ from }) => from))
    const place = placeOf(parents, lanes)
    const rail = railOf(name, parents, lanes, place)
    const children = new Set(arrows.filter(({ from }) => from === name).map(({ to }) => to))
    if (children.size > 0) lanes[place] = { from: name, left: children }
    return rail
  })
  const longest = Math.max(0, ...rails.map(rail => rail.length))
  return nodes.map((node, index) => lineOf(node, arrows, (rails[index] ?? '').padEnd(longest), terminal))
}

/** The first free lane right of all lanes it is reached from. */
function placeOf(parents: ReadonlySet<string>, lanes: readonly (Lane | undefined)[]): number {
  let place = lanes.findLastIndex(lane => lane !== undefined && parents.has(lane.from)) + 1
  while (lanes[place] !== undefined) place += 1
  return place
}

/** Draws the lanes as they stand at this job, and ends those that have reached all their jobs. */
function railOf(
  name: string,
  parents: ReadonlySet<string>,
  lanes: (Lane | undefined)[],
  place: number,
): string {
  let reached = false
  let rail = ''
  for (let index = 0; index < place; index++) {
    const lane = lanes[index]
    const isParent = lane !== undefined && parents.has(lane.from)
    if (isParent) lane.left.delete(name)
    const ends = isParent && lane.left.size === 0
    rail += markOf(lane, isParent, ends, reached)
    if (ends) lanes[index] = undefined
    reached ||= isParent
    rail += reached ? '─' : ' '
  }
  const beyond = lanes.slice(place + 1).map(lane => (lane === undefined ? '  ' : ' │'))
  return `${rail}●${beyond.join('')}`.trimEnd()
}

function markOf(lane: Lane | undefined, isParent: boolean, ends: boolean, crossed: boolean): string {
  if (lane === undefined) return crossed ? '─' : ' '
  if (!isParent) return '│'
  if (crossed) return ends ? '┴' : '┼'
  return ends ? '└' : '├'
}

function lineOf(
  { name, note, status }: DrawnJob,
  arrows: readonly Arrow[],
  rail: string,
  { width, paint }: Pick<Terminal, 'width' | 'paint'>,
): string {
  const when = arrows.find(({ to }) => to === name)?.when ?? 'success'
  const facts = [note, when === 'success' ? '' : `when: ${when}`, status ?? ''].filter(text => text !== '')
  const text = facts.length === 0 ? name : `${name}  (${facts.join(', ')})`
  const lanes = cutTo(rail, Math.max(0, Math.floor(width() / 2)))
  const shown = cutTo(text, width() - lanes.length - 2)
  return `${lanes}  ${status === undefined ? shown : paint(statusStyle(status), shown)}`
}
