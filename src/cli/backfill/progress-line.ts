import { cutTo } from '../terminal/cut.ts'

const LONGEST_BAR = 40

/** `████░░░░ 120 of 1000, started 100`, in at most so many columns. */
export function progressLine(done: number, total: number, started: number, width: number): string {
  const text = ` ${done} of ${total}, started ${started}`
  const columns = Math.min(LONGEST_BAR, width - text.length - 1)
  if (columns < 4) return cutTo(text.trim(), width)
  const full = total === 0 ? columns : Math.floor((done / total) * columns)
  return `${'█'.repeat(full)}${'░'.repeat(columns - full)}${text}`
}
