import { displayWidth } from '../../core/workflow/display-width.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The text in at most so many columns of a terminal, an ellipsis for what is cut off. */
export function cutTo(text: string, width: number): string {
  if (text.length <= width && isAscii(text)) return text
  if (displayWidth(text) <= width) return text
  let shown = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    const wide = displayWidth(segment)
    if (used + wide > width - 1) break
    shown += segment
    used += wide
  }
  return width > 0 ? `${shown}…` : ''
}

/** Spaces to the right up to so many columns. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}
