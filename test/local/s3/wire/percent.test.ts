import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentDecode, percentEncode } from '../../../../src/local/s3/wire/percent.ts'

describe('percentDecode', () => {
  it.each([
    ['a%20b', 'a b'],
    ['a+b', 'a+b'],
    ['..%2f%2E%2E', '../..'],
    ['%C3%BC', 'ü'],
    ['\u00c3\u00bc', 'ü'], // sent as bytes, without encoding
    ['%EF%BB%BFx', '\ufeffx'],
    ['100%25', '100%'],
    ['%00', '\0'],
    ['', ''],
  ])('decodes %j to %j', (encoded, raw) => expect(percentDecode(encoded)).toBe(raw))

  it.each(['%', '%4', '%zz', '%+1', '%FF', '%C3', '%ED%A0%80', '%C0%AF'])('refuses %j', encoded => {
    expect(() => percentDecode(encoded)).toThrow(expect.objectContaining({ code: 'InvalidURI', status: 400 }))
  })
})

describe('percentEncode', () => {
  it('leaves unreserved characters and slashes as they are', () => {
    expect(percentEncode("a/b-c_d.e~f g+h&i'(j)*!%\n")).toBe('a/b-c_d.e~f%20g%2Bh%26i%27%28j%29%2A%21%25%0A')
  })

  it('is undone by decoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), raw => {
        expect(percentDecode(percentEncode(raw))).toBe(raw)
      }),
    )
  })
})
