import type { Identity, Now } from '../../wire/face.ts'
import type { Effect } from '../engine/effect.ts'
import type { Engine } from '../engine/engine.ts'
import type { Registry, ResourceEntry } from '../resource/registry.ts'
import type { Members } from '../wire/members.ts'

/** What the operations act on. */
export interface Context {
  readonly identity: Identity
  readonly now: Now
  readonly engine: Engine
  readonly registry: Registry
  /** Changes the control plane and remembers it. */
  readonly change: (entry: ResourceEntry) => void
  /** Does what the engine asks for. */
  readonly perform: (effects: readonly Effect[]) => void
  /** Forgets the jobs that are past their retention. */
  readonly forgetOld: () => void
  /** What this machine has for each compute environment; memory in MiB. */
  readonly machine: { readonly memory: number; readonly gpus: number }
  /** Seconds */
  readonly shortestTimeout: number
  /** Seconds */
  readonly shortestTimeLimit: number
}

/** One call of the API: refuses what is wrong with the request by itself, then acts. */
export type Operation = (context: Context, members: Members) => object

/** Joins the two halves of an operation; what `validate` reads is all that `act` gets. */
export function operation<Input>(
  validate: (members: Members, context: Context) => Input,
  act: (context: Context, input: Input) => object,
): Operation {
  return (context, members) => act(context, validate(members, context))
}
