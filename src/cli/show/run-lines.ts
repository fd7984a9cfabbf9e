import { escapeText } from '../../core/workflow/escape-text.ts'
import { cutTo } from '../terminal/cut.ts'
import { statusStyle } from '../terminal/status-style.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { clockTime, elapsed } from '../terminal/time.ts'
import { jobLines } from './job-table.ts'
import type { RunDetails } from './run-details.ts'
import { timelineLines } from './timeline.ts'

export interface RunStyle {
  readonly terminal: Pick<Terminal, 'width' | 'paint'>
  readonly utc: boolean
  /** Milliseconds. */
  readonly now: number
}

/** A run and its jobs, as `show` and `watch` print them. */
export function runLines(details: RunDetails, { terminal, utc, now }: RunStyle): readonly string[] {
  const timeline = timelineLines(details, now, terminal)
  return [
    ...headLines(details, utc, now, terminal),
    '',
    ...jobLines(details.jobs, now, terminal),
    ...(timeline.length > 0 ? ['', ...timeline] : []),
  ]
}

function headLines(
  { run, output }: RunDetails,
  utc: boolean,
  now: number,
  terminal: RunStyle['terminal'],
): readonly string[] {
  const took = elapsed((run.finishedAt ?? now) - run.createdAt)
  const parameters = Object.entries(run.parameters).map(([name, value]) => `${name}=${value}`)
  const facts: readonly (readonly [string, string])[] = [
    ['run', run.runId],
    ['created', `${clockTime(run.createdAt, utc)}, ${run.finishedAt === undefined ? 'for' : 'took'} ${took}`],
    ...(run.epoch > 1 ? [['retried', run.epoch === 2 ? 'once' : `${run.epoch - 1} times`] as const] : []),
    ...(run.trigger.values['uri'] === undefined ? [] : [['input', run.trigger.values['uri']] as const]),
    ...(parameters.length > 0 ? [['parameters', parameters.join(' ')] as const] : []),
    ['output', output],
  ]
  const title = cutTo(`${run.workflow}  ${run.status}`, terminal.width())
  return [
    terminal.paint(statusStyle(run.status), title),
    ...facts.map(([name, value]) => cutTo(`  ${name.padEnd(10)}  ${escapeText(value)}`, terminal.width())),
  ]
}
