import { displayWidth } from '../workflow/display-width.ts'
import { escapeText } from '../workflow/escape-text.ts'

const WIDTH = 72
const SUBJECT_LENGTH = 99

/** Text in lines of at most 72 columns, broken at spaces; a word that is longer stands in a line of its own. */
export function wrapped(text: string, indent = ''): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of escapeText(text).split(' ')) {
    if (line !== '' && indent.length + displayWidth(line) + 1 + displayWidth(word) > WIDTH) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, indent + line]
}

/** A key or URI in a line of its own, however long: broken at its spaces it would be another. */
export function wholeLine(label: string, text: string): string {
  return label + escapeText(text)
}

/** One line of a program's output: made safe to show, without what looks like a secret, cut at the width. */
export function quotedLine(line: string): string {
  return cutToWidth(`| ${escapeText(withoutSecrets(line).trimEnd())}`)
}

/** A text of others, without what looks like a secret in it. */
function withoutSecrets(text: string): string {
  return text.replace(SECRET, '$1***')
}

/** What others say, as a part of a sentence of ours: ours has the full stop. */
export function clause(text: string): string {
  return withoutSecrets(text).replace(/[.\s]+$/, '')
}

/** `DB_PASSWORD=...`, `token: ...`, `Authorization: Bearer ...` */
const SECRET =
  /((?:secret|token|passwd|password|passphrase|credentials?|authorization|(?:api|secret|private|access)[_-]?key)["']?\s*[=:]\s*["']?(?:bearer\s+)?)[^\s"',;]+/gi

/** A subject as every mail system takes it: ASCII, no control characters, under 100. */
export function subjectText(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/gu, '.')
  return plain.length <= SUBJECT_LENGTH ? plain : `${plain.slice(0, SUBJECT_LENGTH - 3)}...`
}

/** `2026-11-21 02:03:04 UTC` */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d{3}Z$/, ' UTC')
}

/** `12 h`, `1 h 30 min`; seconds only of a span under an hour. */
export function spanText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds < 3600 ? seconds % 60 : 0, 's'],
  ] as const
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

/** A run in one line of a list. */
export function lineOfRun(runId: string, cause: string): string {
  return cutToWidth(escapeText(`Run ${runId} ${cause}`))
}

function cutToWidth(text: string): string {
  if (displayWidth(text) <= WIDTH) return text
  let cut = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += displayWidth(segment)
    if (width > WIDTH - 3) break
    cut += segment
  }
  return `${cut}...`
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
