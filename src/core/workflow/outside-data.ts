import { type LookUp, lookUpsOf } from './look-up.ts'
import type { Span } from './problem.ts'

/** A place of an argument that brings in what an uploader, or who starts a run, has written. */
export interface OutsideData {
  readonly lookUp: LookUp
  /** The look-up itself, or the `Ref::` that brings it. */
  readonly span: Span
  /** As the file has it: `${trigger.key}`, `Ref::name`. */
  readonly text: string
}

const OUTSIDE_SCOPES = new Set(['trigger', 'parameters'])

/** Look-ups of `trigger` and `parameters` in an argument, and references to parameters of the job that hold one. */
export function outsideData(
  argument: string,
  parameters: Readonly<Record<string, unknown>>,
): readonly OutsideData[] {
  const direct = outsideLookUps(argument).map(lookUp => ({
    lookUp,
    span: lookUp,
    text: `\${${lookUp.name}}`,
  }))
  return [...direct, ...referred(argument, parameters)]
}

function outsideLookUps(text: string): readonly LookUp[] {
  return lookUpsOf(text).filter(({ path }) => OUTSIDE_SCOPES.has(path[0]))
}

/** Batch puts a parameter's value in for `Ref::NAME`, also inside a longer argument; of two names the longer one counts. */
function referred(argument: string, parameters: Readonly<Record<string, unknown>>): readonly OutsideData[] {
  const names = Object.keys(parameters).sort((one, other) => other.length - one.length)
  return [...argument.matchAll(/Ref::/g)].flatMap(({ index: start }) => {
    const tail = argument.slice(start + 'Ref::'.length)
    const name = names.find(
      candidate => tail.startsWith(candidate) && !/^\w/.test(tail.slice(candidate.length)),
    )
    const [lookUp] = name === undefined ? [] : outsideLookUps(String(parameters[name]))
    if (name === undefined || !lookUp) return []
    const text = `Ref::${name}`
    return [{ lookUp, span: { start, end: start + text.length }, text }]
  })
}
