/** A tree to be written as XML: an array repeats its element, `undefined` leaves it out. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue }

/**
 * Writes one element with all that is in it.
 *
 * @example
 * xmlElement('Topics', { member: [{ TopicArn: 'a' }, { TopicArn: 'b' }] })
 * // <Topics><member><TopicArn>a</TopicArn></member><member><TopicArn>b</TopicArn></member></Topics>
 */
export function xmlElement(name: string, value: XmlValue, attributes = ''): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map(each => xmlElement(name, each, attributes)).join('')
  return `<${name}${attributes}>${contentOf(value as Exclude<XmlValue, undefined | readonly XmlValue[]>)}</${name}>`
}

function contentOf(value: Exclude<XmlValue, undefined | readonly XmlValue[]>): string {
  if (typeof value !== 'object') return escapeXml(String(value))
  return Object.entries(value)
    .map(([name, inner]) => xmlElement(name, inner))
    .join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#xD;',
}

/** Escapes text for XML 1.0; a character XML cannot hold at all becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>"'\r]/g, character => ENTITIES[character] ?? character)
    .replace(FORBIDDEN, '\uFFFD')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML 1.0 forbids
const FORBIDDEN = /[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g
