const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])
/** Controls, format characters (bidirectional overrides among them), separators, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
const SHOWN_CHARACTERS = 80

/** Makes a text safe to print: what a terminal would obey or hide is written as an escape. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, char => SHORT.get(char) ?? codePointEscape(char))
}

/** A value as a message shows it: as JSON, escaped, cut to 80 characters. */
export function shown(value: unknown): string {
  const text = escapeText(
    typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? 'nothing'),
  )
  return cut(text, SHOWN_CHARACTERS)
}

/** A name as a message shows it: in backquotes, escaped, cut to 80 characters. */
export function shownName(name: string): string {
  return `\`${cut(escapeText(name), SHOWN_CHARACTERS)}\``
}

function cut(text: string, length: number): string {
  const chars = Array.from(text)
  return chars.length <= length ? text : `${chars.slice(0, length - 1).join('')}…`
}

function codePointEscape(char: string): string {
  const code = char.codePointAt(0) ?? 0
  return code > 0xff ? `\\u{${code.toString(16)}}` : `\\x${code.toString(16).padStart(2, '0')}`
}
