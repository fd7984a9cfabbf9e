import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ENDING = '.asl.json'

/** State machines as files: `train.asl.json` is the state machine `train`. No folder, no state machines. */
export function readStateMachines(
  folder: string,
): readonly { readonly name: string; readonly file: string; readonly definition: string }[] {
  return namesIn(folder)
    .filter(name => name.endsWith(ENDING))
    .sort()
    .map(name => {
      const file = join(folder, name)
      return { name: name.slice(0, -ENDING.length), file, definition: readFileSync(file, 'utf8') }
    })
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
