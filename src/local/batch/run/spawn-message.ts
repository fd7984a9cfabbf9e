/** Asks for a process. */
export interface SpawnRequest {
  /** Of the request; reports carry it. */
  readonly id: number
  readonly argv: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  /** Path of the named pipe that takes its output; without one its output comes in reports. */
  readonly pipe?: string
}

/** What became of a request: `pid` or `refused` first, `exit` last. */
export type SpawnReport = { readonly id: number } & (
  | { readonly pid: number }
  | { readonly refused: string }
  | { readonly output: string }
  | { readonly exit: ProcessExit }
)

export interface ProcessExit {
  readonly code: number | null
  readonly by: NodeJS.Signals | null
}
