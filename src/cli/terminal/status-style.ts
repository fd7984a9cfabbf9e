import type { Style } from './terminal.ts'

const STYLES: Readonly<Record<string, Style>> = {
  SUCCEEDED: 'green',
  FAILED: 'red',
  LOST: 'red',
  CANCELLED: 'yellow',
  CANCELLING: 'yellow',
  RUNNING: 'cyan',
  STARTING: 'cyan',
  SKIPPED: 'gray',
  WAITING: 'gray',
}

/** The colour of a run's or a job's status, one and the same everywhere. */
export function statusStyle(status: string): Style {
  return STYLES[status] ?? 'reset'
}
