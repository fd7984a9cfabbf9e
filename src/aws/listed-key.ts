/** Asks S3 to list keys percent-encoded: XML has no place for some characters, and takes a carriage return for a newline. */
export const KEYS_ENCODED = { EncodingType: 'url' } as const

/** A key as a listing with `KEYS_ENCODED` has it. */
export function decodedKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '))
}
