import { S3Error } from './s3-error.ts'

/** An element of a request's body; attributes and namespaces mean nothing to S3. */
export interface XmlElement {
  readonly name: string
  /** The text directly inside, references resolved. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

const MAX_DEPTH = 16
const NAMED = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }))
// In this order: comment or instruction, CDATA, closing tag, opening tag (maybe empty), text.
const TOKEN =
  /<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?<cdata>.*?)\]\]>|<\/(?<close>[\w:.-]+)\s*>|<(?<open>[\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/?)>|(?<text>[^<]+)/sy

/**
 * Reads the small XML documents clients send. Document types and entities of one's own are refused.
 *
 * @throws S3Error MalformedXML
 */
export function parseXml(source: string): XmlElement {
  const top = new OpenElement('')
  const open = [top]
  for (const token of tokens(source)) readToken(token, open)
  const [root, ...others] = top.children
  if (root === undefined || others.length > 0 || open.length !== 1 || top.text.trim() !== '')
    throw malformed()
  return root
}

/** The text of an element's child of this name. */
export function childText(parent: XmlElement, name: string): string | undefined {
  return parent.children.find(child => child.name === name)?.text
}

class OpenElement implements XmlElement {
  readonly name: string
  text = ''
  readonly children: XmlElement[] = []

  constructor(name: string) {
    this.name = name
  }
}

type Token = Readonly<Record<string, string | undefined>>

function* tokens(source: string): Generator<Token> {
  TOKEN.lastIndex = 0
  for (let position = 0; position < source.length; position = TOKEN.lastIndex) {
    TOKEN.lastIndex = position
    const match = TOKEN.exec(source)
    if (match === null) throw malformed()
    const { lastIndex } = TOKEN
    yield match.groups ?? {}
    TOKEN.lastIndex = lastIndex // another document may have been read meanwhile
  }
}

function readToken(token: Token, open: OpenElement[]): void {
  const current = open.at(-1)
  if (current === undefined) throw malformed()
  if (token['text'] !== undefined) current.text += resolveReferences(token['text'])
  if (token['cdata'] !== undefined) current.text += token['cdata']
  if (token['close'] !== undefined) {
    if (current.name !== token['close'] || open.length === 1) throw malformed()
    open.pop()
  }
  if (token['open'] !== undefined) {
    const child = new OpenElement(token['open'])
    current.children.push(child)
    if (token['empty'] === '') open.push(child)
    if (open.length > MAX_DEPTH) throw malformed()
  }
}

function resolveReferences(raw: string): string {
  return raw.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const character = NAMED.get(name) ?? numericReference(name)
    if (character === undefined || !whole.endsWith(';')) throw malformed()
    return character
  })
}

function numericReference(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name) ?? []
  const codePoint = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
  const isScalar = codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff)
  return isScalar ? String.fromCodePoint(codePoint) : undefined
}

function malformed(): S3Error {
  return new S3Error(
    'MalformedXML',
    'The body is not the XML this operation asks for. Compare it with the API page.',
  )
}
