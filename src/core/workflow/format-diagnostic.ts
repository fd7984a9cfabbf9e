import type { Diagnostic } from './diagnostic.ts'
import { displayWidth } from './display-width.ts'
import { escapeText } from './escape-text.ts'

const TAB_STOP = 4
/** UTF-16 units of the line shown on either side of the place. */
const BEFORE = 60
const AFTER = 60

/**
 * A diagnostic as text: `file:line:col  path: what is wrong. How to mend it. [code]`, then the line of the source with
 * carets under the place. Nothing of the source or of the names can steer the terminal. No newline at the end.
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  source: string,
  options: { readonly color: boolean },
): string {
  const { file, line, column, path, message, mend, code } = diagnostic
  const paint = painter(options.color)
  const accent = diagnostic.severity === 'error' ? 31 : 33
  const place = paint(1, `${escapeText(file)}:${line}:${column}`)
  const about = path === '' ? '' : `${escapeText(path)}: `
  const head = `${place}  ${about}${paint(accent, escapeText(message))} ${escapeText(mend)} [${code}]`
  const excerpt = excerptOf(diagnostic, source)
  if (!excerpt) return head
  return [head, `  ${excerpt.text}`, `  ${' '.repeat(excerpt.indent)}${paint(accent, excerpt.carets)}`].join(
    '\n',
  )
}

function painter(color: boolean): (style: number, text: string) => string {
  return (style, text) => (color ? `\u001b[${style}m${text}\u001b[0m` : text)
}

function excerptOf({ line, column, endColumn }: Diagnostic, source: string) {
  const text = source.split('\n')[line - 1]?.replace(/\r$/, '')
  if (text === undefined || text.trim() === '') return undefined
  const start = Math.min(column - 1, text.length)
  const end = Math.max(start, Math.min((endColumn ?? column + 1) - 1, text.length, start + AFTER))
  const from = start > BEFORE ? start - BEFORE : 0
  const to = Math.min(text.length, end + AFTER)
  const before = drawn(`${from > 0 ? '…' : ''}${text.slice(from, start)}`, 0)
  const marked = drawn(text.slice(start, end), before.width)
  const after = drawn(`${text.slice(end, to)}${to < text.length ? '…' : ''}`, before.width + marked.width)
  return {
    text: `${before.text}${marked.text}${after.text}`,
    indent: before.width,
    carets: '^'.repeat(Math.max(1, marked.width)),
  }
}

/** A piece of a line with its tabs laid out and the rest made safe. */
function drawn(piece: string, offset: number): { readonly text: string; readonly width: number } {
  let text = ''
  let width = 0
  for (const [index, part] of piece.split('\t').entries()) {
    if (index > 0) {
      const gap = TAB_STOP - ((offset + width) % TAB_STOP)
      text += ' '.repeat(gap)
      width += gap
    }
    const safe = escapeText(part)
    text += safe
    width += displayWidth(safe)
  }
  return { text, width }
}
