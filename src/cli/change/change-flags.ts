import type { ConnectionFlags } from '../connection.ts'

/** Flags of commands that change a run. */
export interface ChangeFlags extends ConnectionFlags {
  readonly yes?: boolean
  readonly json?: boolean
}
