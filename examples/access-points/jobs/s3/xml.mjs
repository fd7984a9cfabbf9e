/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const LONGEST_ANSWER = 16 * 1024 * 1024

/**
 * Reads the body of an answer as text; what exceeds 16 MiB, which no page of a list does, is left out.
 *
 * @param {import('node:http').IncomingMessage} response
 */
export async function readBody(response) {
  let body = ''
  response.setEncoding('utf8')
  for await (const chunk of response) {
    body += chunk
    if (body.length > LONGEST_ANSWER) break
  }
  return body
}

/**
 * The text of the first element of this name. S3's answers have no attributes, comments or CDATA inside such
 * elements, so that no parser is needed.
 *
 * @param {string} xml
 * @param {string} name
 * @returns {string | undefined} nothing if there is no such element
 */
export function textOf(xml, name) {
  return textsOf(xml, name)[0]
}

/**
 * The texts of all elements of this name, in order.
 *
 * @param {string} xml
 * @param {string} name
 */
export function textsOf(xml, name) {
  const elements = xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))
  return Array.from(elements, ([, text]) => unescapeXml(text ?? ''))
}

/** @param {string} text */
function unescapeXml(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })
}
