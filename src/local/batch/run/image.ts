import { accessSync, constants, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** What stands for a container image on this machine: a folder, and what the command is put behind. */
export interface LocalImage {
  readonly cwd: string
  readonly prefix?: readonly string[]
}

/** What is run for a job, and where. */
export interface Command {
  readonly argv: readonly string[]
  readonly cwd: string
  /** False where nothing stands for the image and the command is run as it is. */
  readonly isMapped: boolean
}

export function commandOf(
  images: Readonly<Record<string, LocalImage>>,
  image: string,
  command: readonly string[],
  attemptFolder: string,
): Command {
  const local = Object.hasOwn(images, image) ? images[image] : undefined
  if (local === undefined) return { argv: command, cwd: attemptFolder, isMapped: false }
  return { argv: [...(local.prefix ?? []), ...command], cwd: local.cwd, isMapped: true }
}

/** Why the command cannot be started, in the words a container host has for it; undefined if it can. */
export function whyNotStartable({ argv, cwd }: Command, path: string): string | undefined {
  const [program] = argv
  if (program === undefined) return 'CannotStartContainerError: no command specified'
  if (!isFolder(cwd))
    return `CannotStartContainerError: the folder ${cwd} that stands for the image is not there`
  if (program.includes('/')) {
    const file = isAbsolute(program) ? program : join(cwd, program)
    return isExecutable(file)
      ? undefined
      : `CannotStartContainerError: exec: "${program}": no such executable file`
  }
  const isFound = path
    .split(':')
    .some(folder => isExecutable(join(isAbsolute(folder) ? folder : join(cwd, folder), program)))
  return isFound
    ? undefined
    : `CannotStartContainerError: exec: "${program}": executable file not found in $PATH`
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false // not there, or not for us: either way it cannot be started
  }
}
