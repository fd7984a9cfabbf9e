const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'
const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// Line ends would be normalised by a parser, control characters and non-characters are refused raw.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
const SPECIAL = /[&<>"\u0000-\u001f\u007f-\u009f\u2028\ufffe\uffff]/g

/** A piece of XML that is already escaped. */
export type Xml = string & { readonly xml: unique symbol }

/** A whole answer: the declaration and one root element in S3's namespace. */
export function xmlDocument(root: string, ...children: readonly Xml[]): Xml {
  return `${DECLARATION}<${root} xmlns="${NAMESPACE}">${children.join('')}</${root}>` as Xml
}

/** An error's body: unlike all others it has no namespace. */
export function xmlError(...children: readonly Xml[]): Xml {
  return `${DECLARATION}${element('Error', ...children)}` as Xml
}

export function element(name: string, ...children: readonly Xml[]): Xml {
  return `<${name}>${children.join('')}</${name}>` as Xml
}

/** An element with a value; nothing at all if there is none. */
export function text(name: string, value: string | number | boolean | undefined): Xml {
  return (value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`) as Xml
}

/**
 * Escapes every character that could be taken for markup or be changed by a parser. Control characters become
 * numeric references, which strict parsers still refuse: clients that expect such keys ask for `encoding-type=url`.
 */
export function escapeXml(value: string): string {
  return value.replace(
    SPECIAL,
    character => NAMED[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  )
}
