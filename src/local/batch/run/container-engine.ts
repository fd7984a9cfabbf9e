import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Milliseconds after which an engine that does not answer is taken for one that says no. */
const PATIENCE = 10_000
const ENGINES = ['docker', 'podman']
const LABEL = 'batchwise.local'

/** What an engine knows of a container that has ended. */
export interface ContainerState {
  readonly ExitCode: number
  readonly OOMKilled: boolean
  /** Why it could not be started; empty where it was. */
  readonly Error: string
}

/** The first of Docker and Podman whose `info` answers: a program on the PATH does not mean that its daemon runs. */
export function findContainerEngine(): string | undefined {
  return ENGINES.find(
    engine => spawnSync(engine, ['info'], { stdio: 'ignore', timeout: PATIENCE }).status === 0,
  )
}

/** The command line of Docker or Podman, for the containers of one data folder. */
export class ContainerEngine {
  readonly program: string
  /** What all containers of this data folder carry. */
  readonly label: string
  readonly #images = new Set<string>()

  constructor(program: string, marker: string) {
    this.program = program
    this.label = `${LABEL}=${marker}`
  }

  /** True when the image is present here: nothing is ever pulled. */
  async hasImage(image: string): Promise<boolean> {
    if (this.#images.has(image)) return true
    const isThere = (await this.#ask('image', 'inspect', '--', image)) !== undefined
    if (isThere) this.#images.add(image)
    return isThere
  }

  /** SIGKILL to the container; false when there is none that runs. */
  async kill(name: string): Promise<boolean> {
    return (await this.#ask('kill', name)) !== undefined
  }

  /** How a container has ended; undefined where none was made. */
  async stateOf(name: string): Promise<ContainerState | undefined> {
    const state = await this.#ask('container', 'inspect', '--format', '{{json .State}}', name)
    return state === undefined ? undefined : JSON.parse(state)
  }

  async remove(name: string): Promise<void> {
    await this.#ask('rm', '--force', name)
  }

  /** Removes what an earlier life of this data folder left running: nobody would hear of its end. */
  removeStale(): void {
    const options = { encoding: 'utf8', timeout: PATIENCE } as const
    const list = ['ps', '--all', '--quiet', '--filter', `label=${this.label}`]
    const found = spawnSync(this.program, list, options).stdout.split(/\s+/).filter(Boolean)
    if (found.length > 0) spawnSync(this.program, ['rm', '--force', ...found], options)
  }

  /** What the engine prints, or undefined when it says no. */
  async #ask(...words: readonly string[]): Promise<string | undefined> {
    try {
      return (await run(this.program, words, { timeout: PATIENCE })).stdout
    } catch {
      return undefined // no such image or container: that is the answer
    }
  }
}
