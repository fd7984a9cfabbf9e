import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

// Fields of local time, without the zone, in a DOS timestamp: the same bytes wherever and whenever it is packed.
const WRITTEN = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true }

/** Packs files, by their paths in the archive. The same files give the same bytes, so nothing unchanged is uploaded. */
export function zip(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const archive = new ZipFile()
  for (const path of Object.keys(files).sort()) {
    const content = files[path]
    if (content !== undefined) archive.addBuffer(Buffer.from(content), path, WRITTEN)
  }
  archive.end()
  return buffer(archive.outputStream)
}
