import { escapeText } from '../../core/workflow/escape-text.ts'

/** Colours and other styles, which programs write; every other sequence could move the cursor or rename the window. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape character that is looked for.
const STYLE = /\u001b\[[0-9;]{0,20}m/g
const RESET = '\u001b[0m'

/** A line of a job's log as a terminal may have it: tabs and colours stay, everything else it would obey is shown. */
export function safeLine(text: string): string {
  let safe = ''
  let position = 0
  let styled = false
  for (const style of text.matchAll(STYLE)) {
    safe += plain(text.slice(position, style.index)) + style[0]
    position = style.index + style[0].length
    styled = true
  }
  return `${safe}${plain(text.slice(position))}${styled ? RESET : ''}`
}

function plain(text: string): string {
  return text.split('\t').map(escapeText).join('\t')
}
