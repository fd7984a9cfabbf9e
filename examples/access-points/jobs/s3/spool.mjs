import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** @typedef {import('./send.mjs').FileBody} FileBody */

const WRITE_SIZE = 65_536

/**
 * Writes the text to a temporary file while it is made, so that its length and hash are known before it is sent, it
 * can be sent again, and never is in memory as a whole. The file is gone when `use` has ended.
 *
 * @template T
 * @param {Iterable<string> | AsyncIterable<string>} texts
 * @param {(body: FileBody) => Promise<T>} use
 */
export async function spooled(texts, use) {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'))
  try {
    return await use(await write(join(folder, 'body'), texts))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} path
 * @param {Iterable<string> | AsyncIterable<string>} texts
 * @returns {Promise<FileBody>}
 */
async function write(path, texts) {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const piece of inPieces(texts)) {
      hash.update(piece)
      bytes += piece.length
      await file.writeFile(piece)
    }
  } finally {
    await file.close()
  }
  return { file: path, bytes, sha256: hash.digest('hex') }
}

/** @param {Iterable<string> | AsyncIterable<string>} texts */
async function* inPieces(texts) {
  let gathered = ''
  for await (const text of texts) {
    gathered += text
    if (gathered.length < WRITE_SIZE) continue
    yield Buffer.from(gathered)
    gathered = ''
  }
  if (gathered !== '') yield Buffer.from(gathered)
}
