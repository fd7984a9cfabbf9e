import type { Dirent, Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** A file of the inbox that is to be uploaded. */
export interface InboxFile {
  /** The path below the inbox, with `/` between its parts: the key it gets. */
  readonly key: string
  readonly path: string
  readonly stats: Stats
}

/**
 * Finds all files below a folder, but for dot files, `.part` files and symbolic links. What goes away meanwhile, a
 * whole folder too, is passed over.
 *
 * @param onUnreadable told of files whose names are not UTF-8, and so can be no key
 */
export async function scanInbox(
  folder: string,
  onUnreadable: (name: string) => void,
): Promise<readonly InboxFile[]> {
  const files: InboxFile[] = []
  const folders = ['']
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    for (const entry of await entriesIn(join(folder, below))) {
      const name = entry.name.toString('utf8')
      const path = below === '' ? name : join(below, name)
      if (name.startsWith('.') || name.endsWith('.part')) continue
      if (!Buffer.from(name).equals(entry.name)) onUnreadable(path)
      else if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) files.push(...(await fileAt(folder, path)))
    }
  }
  return files
}

async function entriesIn(folder: string): Promise<readonly Dirent<Buffer>[]> {
  try {
    return await readdir(folder, { withFileTypes: true, encoding: 'buffer' })
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

async function fileAt(folder: string, path: string): Promise<readonly InboxFile[]> {
  try {
    const stats = await lstat(join(folder, path))
    return stats.isFile() ? [{ key: path.split(sep).join('/'), path: join(folder, path), stats }] : []
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
