import { expect, it } from 'vitest'
import { Digests } from '../../../../src/local/s3/checksum/digests.ts'

async function* source() {
  yield Buffer.from('12345')
  yield Buffer.from('6789')
}

async function readAll(digests: Digests) {
  const chunks: Buffer[] = []
  for await (const chunk of digests.through(source())) chunks.push(chunk)
  return chunks
}

it('computes several checksums in one pass and passes the bytes on', async () => {
  const digests = new Digests(['MD5', undefined, 'CRC32', 'MD5'])
  const passed = await readAll(digests)
  expect(Buffer.concat(passed).toString()).toBe('123456789')
  expect(digests.result('CRC32').toString('hex')).toBe('cbf43926')
  expect(digests.result('MD5').toString('hex')).toBe('25f9e794323b453885f5181f1b624d0b')
})

it('gives a result as often as it is asked for', async () => {
  const digests = new Digests(['SHA1'])
  await readAll(digests)
  expect(digests.result('SHA1')).toEqual(digests.result('SHA1'))
})

it('refuses a checksum nobody asked for at the start', () => {
  expect(() => new Digests(['MD5']).result('SHA1')).toThrow('SHA1 was never asked for')
})
