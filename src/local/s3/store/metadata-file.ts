import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BatchwiseError } from '../../../core/errors.ts'

const SUFFIX = '.json'

/**
 * Puts a file in place whole or not at all: kill -9 leaves the old one or the new one. Nothing is synced to the disk,
 * so a power failure may lose it.
 */
export function writeMetadata(folder: string, name: string, value: unknown): void {
  const file = join(folder, `${name}${SUFFIX}`)
  const next = `${file}.next`
  writeFileSync(next, JSON.stringify(value), { mode: 0o600 })
  renameSync(next, file)
}

export function removeMetadata(folder: string, name: string): void {
  rmSync(join(folder, `${name}${SUFFIX}`), { force: true })
}

/**
 * Reads all of a folder's files at start, by name, and removes those that were never put in place.
 *
 * @throws BatchwiseError E_S3_DAMAGED if one is not JSON, which only a power failure or another program can cause
 */
export function readMetadata(folder: string): ReadonlyMap<string, unknown> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const values = new Map<string, unknown>()
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    if (name.endsWith(SUFFIX)) values.set(name.slice(0, -SUFFIX.length), parse(file))
    else if (name.endsWith('.next')) rmSync(file, { force: true })
  }
  return values
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const message = `${file} is damaged, its object is lost. Remove the file and upload the object again.`
    throw new BatchwiseError('E_S3_DAMAGED', message, { cause })
  }
}
