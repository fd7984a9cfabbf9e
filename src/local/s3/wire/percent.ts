import { S3Error } from './s3-error.ts'

// ignoreBOM keeps a leading U+FEFF, which is a character of the key like any other.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Decodes a percent-encoded part of the request target: bytes first, then UTF-8.
 *
 * @throws S3Error InvalidURI if an escape is broken or the bytes are no UTF-8
 */
export function percentDecode(encoded: string): string {
  // Node gives bytes that came unencoded as Latin-1 characters.
  const bytes = Buffer.from(encoded, 'latin1')
  let length = 0
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i] as number
    if (byte === 0x25) {
      byte = hexByte(encoded.slice(i + 1, i + 3))
      i += 2
    }
    bytes[length++] = byte
  }
  try {
    return UTF8.decode(bytes.subarray(0, length))
  } catch (cause) {
    throw invalidUri(`its bytes are no UTF-8 (${String(cause)})`)
  }
}

/** Encodes as `encoding-type=url` asks: UTF-8 bytes, unreserved characters and `/` as they are. */
export function percentEncode(raw: string): string {
  return encodeURIComponent(raw)
    .replace(/%2F/g, '/')
    .replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

function hexByte(digits: string): number {
  if (!/^[0-9a-f]{2}$/i.test(digits)) throw invalidUri(`"%${digits}" is no percent-encoded byte`)
  return Number.parseInt(digits, 16)
}

function invalidUri(what: string): S3Error {
  return new S3Error(
    'InvalidURI',
    `The address cannot be read: ${what}. Encode keys as UTF-8, then percent-encode.`,
  )
}
