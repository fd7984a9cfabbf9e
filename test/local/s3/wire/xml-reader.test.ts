import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { element, escapeXml, text } from '../../../../src/local/s3/wire/xml.ts'
import { childText, parseXml } from '../../../../src/local/s3/wire/xml-reader.ts'

describe('parseXml', () => {
  it('reads elements, attributes, comments, CDATA and references', () => {
    const source = `<?xml version="1.0"?><!-- <no/> --><Delete xmlns='x' a="1>2">
      <Object><Key>a&amp;&lt;&#x41;&#66;&apos;<![CDATA[<&>]]></Key><Empty/></Object></Delete>`
    const [object] = parseXml(source).children
    expect(object && childText(object, 'Key')).toBe("a&<AB'<&>")
    expect(object && childText(object, 'Empty')).toBe('')
    expect(object && childText(object, 'None')).toBeUndefined()
  })

  it('gives back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), raw => {
        expect(childText(parseXml(element('A', text('B', raw))), 'B')).toBe(raw)
      }),
    )
  })

  it('never fails but with MalformedXML', () => {
    const soup = fc.array(
      fc.constantFrom('<', '>', '/', '&', ';', 'a', '<a>', '</a>', '<!--', '-->', ' ', '#x', '"', '='),
    )
    fc.assert(
      fc.property(soup, pieces => {
        try {
          parseXml(pieces.join(''))
        } catch (error) {
          expect(error).toMatchObject({ code: 'MalformedXML' })
        }
      }),
    )
  })

  it.each([
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a>&unknown;</a>',
    '<a>&constructor;</a>',
    '<a>&amp</a>',
    '<a>&#xD800;</a>',
    '<a>&#x110000;</a>',
    '<a b=c/>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`,
  ])('refuses %j', source => {
    expect(() => parseXml(source)).toThrow(expect.objectContaining({ code: 'MalformedXML' }))
  })
})

describe('escapeXml', () => {
  it('leaves no character that a parser would change or take for markup', () => {
    expect(escapeXml('<a b="c">&\r\n\t\u0001\u007f\u0085\ufffeü😀')).toBe(
      '&lt;a b=&quot;c&quot;&gt;&amp;&#xD;&#xA;&#x9;&#x1;&#x7F;&#x85;&#xFFFE;ü😀',
    )
  })

  it('leaves an element without value out', () => expect(text('A', undefined)).toBe(''))
})
