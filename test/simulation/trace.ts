import { type Scheduler, START } from './scheduler.ts'

/** Writes a line of the trace; the text is made only when somebody reads it. */
export type Note = (line: () => string) => void

export interface Trace {
  readonly note: Note
  readonly lines: readonly string[]
}

export function createTrace(scheduler: Scheduler, isOn: boolean): Trace {
  const lines: string[] = []
  const note: Note = line => {
    lines.push(`${((scheduler.now() - START) / 1000).toFixed(3).padStart(9)} ${line()}`)
  }
  return { note: isOn ? note : () => {}, lines }
}
