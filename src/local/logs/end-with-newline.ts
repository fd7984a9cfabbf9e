import { closeSync, existsSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'

const NEWLINE = 0x0a

/** Ends a line that a kill has torn, so that the next one does not run on from it. */
export function endWithNewline(file: string): void {
  if (!existsSync(file)) return
  const descriptor = openSync(file, 'r+')
  try {
    const { size } = fstatSync(descriptor)
    const last = Buffer.alloc(1, NEWLINE)
    if (size > 0) readSync(descriptor, last, 0, 1, size - 1)
    if (last[0] !== NEWLINE) writeSync(descriptor, '\n', size)
  } finally {
    closeSync(descriptor)
  }
}
