import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailOf, headerText } from '../../../src/local/sns/email.ts'
import { quotedPrintable } from '../../../src/local/sns/quoted-printable.ts'
import { readHeader, readQuotedPrintable } from './mail-reader.ts'

const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom(' ', '\t', '\n', '=', '.', 'ü', '😀'), fc.string()),
})

describe('quoted-printable', () => {
  it.each([
    ['keeps ASCII', 'Job "a" failed.', 'Job "a" failed.'],
    ['encodes "="', 'a=b', 'a=3Db'],
    ['encodes UTF-8', 'ü', '=C3=BC'],
    ['ends lines as mail does', 'a\nb\r\nc', 'a\r\nb\r\nc'],
    ['keeps white space at the end of a line', 'a \nb\t', 'a=20\r\nb=09'],
    ['encodes a lone carriage return', 'a\rb', 'a=0Db'],
  ])('%s', (_title, text, encoded) => {
    expect(quotedPrintable(text)).toBe(encoded)
  })

  it('reads back as it was, in short lines of ASCII', () => {
    fc.assert(
      fc.property(anyText, text => {
        const encoded = quotedPrintable(text)
        expect(readQuotedPrintable(encoded)).toBe(text.replace(/\r\n|\n/g, '\r\n'))
        expect(encoded).toMatch(/^[\t\r\n\x20-\x7e]*$/)
        for (const line of encoded.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
      }),
    )
  })
})

describe('a header', () => {
  it('keeps ASCII', () => expect(headerText('Run failed: a/b')).toBe('Run failed: a/b'))

  it('hides what looks like an encoded word', () => {
    expect(readHeader(headerText('=?UTF-8?B?eA==?='))).toBe('=?UTF-8?B?eA==?=')
    expect(headerText('=?UTF-8?B?eA==?=')).not.toContain('eA==?=')
  })

  it('reads back as it was, in short lines', () => {
    const subject = fc.string({ unit: fc.constantFrom('a', ' ', 'ü', '😀', '?', '漢'), maxLength: 99 })
    fc.assert(
      fc.property(subject, text => {
        const encoded = headerText(text)
        expect(readHeader(encoded)).toBe(text)
        if (encoded === text) return
        for (const line of `Subject: ${encoded}`.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
      }),
    )
  })
})

it('makes an e-mail of a publication', () => {
  const publication = {
    topicArn: 'arn:aws:sns:eu-west-1:000000000000:alerts',
    subject: 'Größe',
    messages: { default: 'no', email: 'Ü\nend' },
    attributes: {},
  }
  expect(emailOf(publication, 'id-1', new Date('2026-11-21T01:02:03Z')).split('\r\n')).toEqual([
    'From: AWS Notifications <no-reply@sns.invalid>',
    'To: alerts <alerts@sns.invalid>',
    'Subject: =?UTF-8?B?R3LDtsOfZQ==?=',
    'Date: Sat, 21 Nov 2026 01:02:03 +0000',
    'Message-ID: <id-1@sns.invalid>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '=C3=9C',
    'end',
    '',
  ])
})
