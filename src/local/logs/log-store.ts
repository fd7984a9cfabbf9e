import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Now } from '../wire/face.ts'
import { endWithNewline } from './end-with-newline.ts'
import { logLine } from './log-file.ts'

export interface LogGroup {
  readonly name: string
  /** Milliseconds. */
  readonly createdAt: number
  readonly streams: Map<string, LogStream>
}

export interface LogStream {
  readonly group: string
  readonly name: string
  /** Milliseconds. */
  readonly createdAt: number
  readonly file: string
}

/** A line of the index: a group, or a stream of it. */
type IndexLine = { readonly group: string; readonly stream?: string; readonly createdAt: number }

const FLUSH_AFTER_MILLISECONDS = 50
const FLUSH_AFTER_CHARACTERS = 1024 * 1024

/**
 * The logs on disk: a file for each stream, named by a hash, and an index of groups and streams. Lines are gathered
 * for at most 50 ms before they are handed to the kernel: kill -9 loses those, and a power failure may lose more.
 */
export class LogStore {
  readonly groups = new Map<string, LogGroup>()
  readonly #folder: string
  readonly #now: Now
  readonly #opened = new Set<string>()
  #pending = new Map<string, string[]>()
  #pendingCharacters = 0
  #timer: NodeJS.Timeout | undefined

  constructor(folder: string, now: Now) {
    this.#folder = folder
    this.#now = now
    mkdirSync(folder, { recursive: true })
    if (!existsSync(this.#index)) return
    endWithNewline(this.#index)
    for (const line of readFileSync(this.#index, 'utf8').split('\n')) this.#restore(line)
  }

  /** Appends a line; makes its group and stream if there are none. Time in milliseconds. */
  write(group: string, stream: string, timestamp: number, message: string): void {
    const { file } = this.stream(group, stream) ?? this.createStream(group, stream)
    const line = logLine(timestamp, this.#now(), message)
    const lines = this.#pending.get(file)
    if (lines === undefined) this.#pending.set(file, [line])
    else lines.push(line)
    this.#pendingCharacters += line.length
    if (this.#pendingCharacters > FLUSH_AFTER_CHARACTERS) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MILLISECONDS)
  }

  /** Hands to the kernel what was written so far. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const pending = this.#pending
    this.#pending = new Map()
    this.#pendingCharacters = 0
    for (const [file, lines] of pending) {
      if (!this.#opened.has(file)) endWithNewline(file)
      this.#opened.add(file)
      appendFileSync(file, lines.join(''), { mode: 0o600 })
    }
  }

  stream(group: string, stream: string): LogStream | undefined {
    return this.groups.get(group)?.streams.get(stream)
  }

  createGroup(name: string): LogGroup {
    const createdAt = this.#now()
    this.#remember({ group: name, createdAt })
    return this.#addGroup(name, createdAt)
  }

  createStream(group: string, name: string): LogStream {
    const owner = this.groups.get(group) ?? this.createGroup(group)
    const createdAt = this.#now()
    this.#remember({ group, stream: name, createdAt })
    return this.#addStream(owner, name, createdAt)
  }

  get #index(): string {
    return join(this.#folder, 'index.jsonl')
  }

  #remember(line: IndexLine): void {
    appendFileSync(this.#index, `${JSON.stringify(line)}\n`, { mode: 0o600 })
  }

  #restore(text: string): void {
    let line: IndexLine
    try {
      line = JSON.parse(text)
    } catch {
      return // the empty end of the file, or a line torn by a kill
    }
    const group = this.groups.get(line.group) ?? this.#addGroup(line.group, line.createdAt)
    if (line.stream !== undefined) this.#addStream(group, line.stream, line.createdAt)
  }

  #addGroup(name: string, createdAt: number): LogGroup {
    const group = { name, createdAt, streams: new Map<string, LogStream>() }
    this.groups.set(name, group)
    return group
  }

  #addStream(group: LogGroup, name: string, createdAt: number): LogStream {
    const hash = createHash('sha256')
      .update(JSON.stringify([group.name, name]))
      .digest('hex')
      .slice(0, 40)
    const stream = { group: group.name, name, createdAt, file: join(this.#folder, `${hash}.log`) }
    group.streams.set(name, stream)
    return stream
  }
}
