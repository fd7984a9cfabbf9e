import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emailOf } from './email.ts'
import type { Publication } from './publication.ts'

/**
 * Writes what was published into a folder: `.eml` what e-mail subscribers would get, `.txt` the text message, and
 * last `.json` with everything. Each file appears whole, by rename, and they are there when the promise resolves;
 * they survive kill -9, not a power failure. Names sort by time.
 */
export async function writeToOutbox(
  folder: string,
  publication: Publication,
  messageId: string,
  time: Date,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const name = `${time.toISOString().replace(/[-:]/g, '')}-${messageId}`
  const whole = { messageId, time: time.toISOString(), ...publication }
  await writeWhole(folder, `${name}.eml`, emailOf(publication, messageId, time))
  await writeWhole(folder, `${name}.txt`, publication.messages['sms'] ?? publication.messages.default)
  await writeWhole(folder, `${name}.json`, `${JSON.stringify(whole, null, 2)}\n`)
}

async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const unfinished = join(folder, `.${name}.part`)
  await writeFile(unfinished, text)
  await rename(unfinished, join(folder, name))
}
