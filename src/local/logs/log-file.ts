import { type FileHandle, open } from 'node:fs/promises'

/** One line of a log as it lies in the file, from byte `start` to byte `end`. */
export interface LogEntry {
  /** Milliseconds; when it happened, and when it came in. */
  readonly timestamp: number
  readonly ingestionTime: number
  readonly message: string
  readonly start: number
  readonly end: number
}

const CHUNK_BYTES = 256 * 1024
const NEWLINE = 0x0a

/** A line of a log file. */
export function logLine(timestamp: number, ingestionTime: number, message: string): string {
  return `${JSON.stringify([timestamp, ingestionTime, message])}\n`
}

/** The entries from a byte on, oldest first. A file that is not there has none. */
export function entriesFrom(file: string, offset: number): AsyncGenerator<LogEntry> {
  return withFile(file, handle => forwards(handle, offset))
}

/** The entries before a byte, newest first. */
export function entriesBefore(file: string, offset: number): AsyncGenerator<LogEntry> {
  return withFile(file, handle => backwards(handle, offset))
}

async function* forwards(handle: FileHandle, offset: number): AsyncGenerator<LogEntry> {
  let rest: Buffer = Buffer.alloc(0)
  let position = offset
  for (;;) {
    const chunk = await readAt(handle, position + rest.length, CHUNK_BYTES)
    if (chunk.length === 0) return // what is left has no newline: it is being written, or was torn by a kill
    rest = Buffer.concat([rest, chunk])
    let begin = 0
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE, begin)) {
      const entry = parse(rest.subarray(begin, at), position + begin)
      begin = at + 1
      if (entry !== undefined) yield entry
    }
    position += begin
    rest = rest.subarray(begin)
  }
}

async function* backwards(handle: FileHandle, offset: number): AsyncGenerator<LogEntry> {
  let rest: Buffer = Buffer.alloc(0)
  let position = Math.min(offset, (await handle.stat()).size)
  while (position > 0) {
    const size = Math.min(CHUNK_BYTES, position)
    position -= size
    rest = Buffer.concat([await readAt(handle, position, size), rest])
    let end = rest.lastIndexOf(NEWLINE) + 1
    while (end > 0) {
      const newline = end >= 2 ? rest.lastIndexOf(NEWLINE, end - 2) : -1
      if (newline < 0 && position > 0) break // the line begins in the chunk before
      const entry = parse(rest.subarray(newline + 1, end - 1), position + newline + 1)
      if (entry !== undefined) yield entry
      end = newline + 1
    }
    rest = rest.subarray(0, end)
  }
}

async function* withFile(
  file: string,
  read: (handle: FileHandle) => AsyncGenerator<LogEntry>,
): AsyncGenerator<LogEntry> {
  const handle = await openIfThere(file)
  if (handle === undefined) return
  try {
    yield* read(handle)
  } finally {
    await handle.close()
  }
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function readAt(handle: FileHandle, position: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size), 0, size, position)
  return buffer.subarray(0, bytesRead)
}

function parse(line: Buffer, start: number): LogEntry | undefined {
  try {
    const [timestamp, ingestionTime, message] = JSON.parse(line.toString('utf8'))
    return { timestamp, ingestionTime, message, start, end: start + line.length + 1 }
  } catch {
    return undefined // a line torn by a kill, which nobody was told of
  }
}
