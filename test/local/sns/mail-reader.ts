/** Reads quoted-printable back, by the letter of RFC 2045. */
export function readQuotedPrintable(text: string): string {
  const joined = text.replace(/=\r\n/g, '')
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Reads a header with encoded words back, by the letter of RFC 2047. */
export function readHeader(text: string): string {
  return text
    .replace(/\?=\r\n =\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=/g, (_, base64) =>
      Buffer.from(base64, 'base64').toString('utf8'),
    )
}
