import { cutTo } from './cut.ts'
import type { Terminal } from './terminal.ts'

/** Lines at the foot of a terminal that are drawn anew in their place. */
export interface LiveRegion {
  /** Replaces what is shown; lines beyond the terminal's height are counted, not drawn. */
  draw(lines: readonly string[]): void
  /** Leaves these lines for good. */
  finish(lines: readonly string[]): void
}

const HIDE_CURSOR = '\x1b[?25l'
const SHOW_CURSOR = '\x1b[?25h'
const CLEAR_BELOW = '\x1b[J'

export function createLiveRegion(terminal: Terminal): LiveRegion {
  let drawn = 0

  function replace(lines: readonly string[]): void {
    const up = drawn > 0 ? `\x1b[${drawn}A\r` : ''
    terminal.write(`${up}${CLEAR_BELOW}${lines.map(line => `${line}\n`).join('')}`)
    drawn = lines.length
  }

  return {
    draw(lines) {
      if (drawn === 0) terminal.write(HIDE_CURSOR)
      const height = Math.max(1, terminal.height() - 1)
      const fits = lines.length <= height
      const hidden = `… ${lines.length - height + 1} more lines`
      replace(fits ? lines : [...lines.slice(0, height - 1), cutTo(hidden, terminal.width())])
    },
    finish(lines) {
      replace(lines)
      terminal.write(SHOW_CURSOR)
      drawn = 0
    },
  }
}
