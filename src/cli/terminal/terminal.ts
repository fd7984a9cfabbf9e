import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'

export type Style = Parameters<typeof styleText>[0]

/** Where a command prints what it was asked for. */
export interface Terminal {
  /** False for a pipe or a file: then nothing is cut, coloured or redrawn. */
  readonly isTerminal: boolean
  /** Columns; without a terminal there is no limit. */
  readonly width: () => number
  readonly height: () => number
  print(lines: string | readonly string[]): void
  /** Writes as it is, without a newline. */
  write(text: string): void
  paint(style: Style, text: string): string
}

const DEFAULT_WIDTH = 80
const DEFAULT_HEIGHT = 24

/** Colours go by the terminal and by NO_COLOR and FORCE_COLOR. */
export function openTerminal(stream: WriteStream = process.stdout): Terminal {
  const isTerminal = stream.isTTY === true
  const color = isTerminal && stream.hasColors()
  return {
    isTerminal,
    width: () => (isTerminal ? stream.columns || DEFAULT_WIDTH : Number.POSITIVE_INFINITY),
    height: () => stream.rows || DEFAULT_HEIGHT,
    print: lines => {
      const text = typeof lines === 'string' ? [lines] : lines
      if (text.length > 0) stream.write(`${text.join('\n')}\n`)
    },
    write: text => void stream.write(text),
    paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  }
}
