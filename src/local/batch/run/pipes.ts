import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, constants, mkdirSync, openSync, rmSync, unlinkSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const MAKE_PIPES = 'mkfifo'
const AT_ONCE = 32
const FEW = 8

/** A pipe: another process opens it by `name` and writes, this one reads from `output`. */
export interface Pipe {
  readonly output: Readable
  readonly name: string
  /** Takes the name away and lets the output end with its writers; call it when the other has opened it, or never will. */
  readonly handedOver: () => void
}

/**
 * Real pipes for the output of jobs. Node gives its children sockets, and a program cannot open those by name:
 * `echo failed > /dev/stderr` would fail. Node cannot make named pipes, so they are made a few at once.
 */
export class Pipes {
  readonly #folder: string
  #names: string[] = []
  #isFilling = false

  constructor(folder: string) {
    this.#folder = folder
  }

  open(): void {
    rmSync(this.#folder, { recursive: true, force: true })
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const names = this.#newNames()
    if (spawnSync(MAKE_PIPES, names, { stdio: 'ignore' }).status === 0) this.#names = names
  }

  /** A pipe, or undefined when none is at hand. */
  take(): Pipe | undefined {
    const name = this.#names.pop()
    if (this.#names.length < FEW) this.#fill()
    if (name === undefined) return undefined
    const reader = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK)
    // A pipe that nobody has open for writing is at its end.
    let writer: number | undefined = openSync(name, constants.O_WRONLY)
    const output = new Socket({ fd: reader, readable: true, writable: false })
    return {
      output,
      name,
      handedOver() {
        if (writer === undefined) return
        closeSync(writer)
        writer = undefined
        unlinkSync(name)
      },
    }
  }

  #fill(): void {
    if (this.#isFilling) return
    this.#isFilling = true
    const names = this.#newNames()
    const mkfifo = spawn(MAKE_PIPES, names, { stdio: 'ignore' })
    mkfifo.on('exit', code => {
      if (code === 0) this.#names.push(...names)
      this.#isFilling = false
    })
    // Where there is no mkfifo there never will be: `#isFilling` stays set.
    mkfifo.on('error', () => undefined)
  }

  #newNames(): string[] {
    return Array.from({ length: AT_ONCE }, () => join(this.#folder, randomUUID()))
  }
}
