const LONGEST_LINE = 76

/** Encodes text as UTF-8 in quoted-printable, with CRLF. @see https://www.rfc-editor.org/rfc/rfc2045#section-6.7 */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map(encodeLine)
    .join('\r\n')
}

function encodeLine(line: string): string {
  const units = [...Buffer.from(line)].map(encodeByte)
  const last = units.at(-1)
  // White space at the end of a line is lost on the way.
  if (last === ' ' || last === '\t') units[units.length - 1] = last === ' ' ? '=20' : '=09'
  const lines = ['']
  for (const [at, unit] of units.entries()) {
    const room = at === units.length - 1 ? LONGEST_LINE : LONGEST_LINE - 1
    const current = lines.at(-1) ?? ''
    if (current.length + unit.length <= room) lines[lines.length - 1] = current + unit
    else lines.push(unit)
  }
  return lines.join('=\r\n')
}

function encodeByte(byte: number): string {
  const printable = byte >= 0x20 && byte <= 0x7e && byte !== 0x3d
  if (printable || byte === 0x09) return String.fromCharCode(byte)
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
