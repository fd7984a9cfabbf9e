/** @typedef {Readonly<Record<string, string | number>>} Attributes */

// XML 1.0 forbids these even when escaped; those that change the direction of text would disturb the rest of the line.
const FORBIDDEN =
  /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|[\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Any text as it may stand in XML, in an element or an attribute.
 *
 * @param {string} text
 */
export function escapeXml(text) {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"']/g, character => ENTITIES[character] ?? character)
}

/**
 * @param {string} name
 * @param {Attributes} attributes texts are escaped, numbers rounded to a tenth
 * @param {readonly string[]} [children] already XML
 */
export function element(name, attributes, children = []) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(value)}"`)
  const head = `<${name}${written.join('')}`
  return children.length === 0 ? `${head}/>` : `${head}>${children.join('')}</${name}>`
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {Attributes} [attributes]
 */
export function textAt(x, y, content, attributes = {}) {
  return element('text', { x, y, fill: INK, ...attributes }, [escapeXml(content)])
}

/**
 * What shows when the pointer rests on a group: more of a text that had to be cut.
 *
 * @param {string} content
 */
export function tooltip(content) {
  return element('title', {}, [escapeXml(fitted(content, 200))])
}

/**
 * @param {readonly (readonly [x: number, y: number])[]} points
 */
export function pathOf(points) {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('')
}

/**
 * Cuts a text to a width, in units of an average letter; wide letters such as those of Chinese count two.
 *
 * @param {string} text
 * @param {number} widest
 */
export function fitted(text, widest) {
  let width = 0
  let cut = ''
  for (const character of text) {
    width += (character.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2
    if (width > widest) return `${cut}…`
    if (width < widest) cut += character
  }
  return text
}

/** Colours of all that is no data. Classes of the same names turn them over for dark screens. */
export const INK = '#1d2733'
export const SOFT = '#5b6876'
export const GRID = '#dfe4ea'
export const CARD = '#fbfcfd'

/** @param {string | number} value */
function attributeText(value) {
  return typeof value === 'number' ? rounded(value) : escapeXml(value)
}

/** @param {number} value */
function rounded(value) {
  return String(Math.round(value * 10) / 10)
}
