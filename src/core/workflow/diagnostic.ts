/** What can be wrong with a workflow file; stable, listed in the README with how to solve it. */
export type DiagnosticCode =
  | 'E100' // empty
  | 'E101' // YAML syntax
  | 'E102' // duplicate key
  | 'E103' // too large, too deep, too many aliases, not UTF-8
  | 'E110' // unknown key
  | 'W110' // unknown container property
  | 'E111' // what a job is: none, several or only half of it
  | 'E112' // name
  | 'E113' // two files, one workflow
  | 'E114' // value of the wrong kind, or missing
  | 'E120' // unknown dependency
  | 'E121' // depends on itself
  | 'E122' // cycle
  | 'E123' // native chaining cannot
  | 'W124' // never runs
  | 'E130' // array
  | 'E131' // N_TO_N sizes
  | 'E132' // N_TO_N or sequential without array
  | 'E133' // tolerate
  | 'E134' // retry
  | 'E135' // timeout
  | 'W135' // no timeout on a jobDefinition
  | 'E136' // deadline and stuckAfter
  | 'E137' // vCPUs, memory, storage, GPUs, platform
  | 'W137' // storage on EC2
  | 'E138' // where items are read
  | 'E139' // fallback
  | 'E140' // reserved environment name
  | 'E141' // literal secret
  | 'E142' // data in code
  | 'E143' // look-up
  | 'W143' // argument that may become an option
  | 'E144' // look-up of a job that is no dependency
  | 'E145' // request too large
  | 'E150' // workflows start each other
  | 'E151' // key pattern
  | 'E152' // two equal triggers
  | 'E153' // after an unknown workflow
  | 'E155' // collect
  | 'W152' // two triggers one object can fire
  | 'E160' // cron or rate
  | 'E161' // time zone
  | 'E164' // overlap and concurrency
  | 'E165' // event pattern
  | 'E170' // too many jobs
  | 'E171' // too large compiled
  | 'E180' // parameters

/** One fault of a workflow file, where it stands and how to mend it. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  readonly severity: 'error' | 'warning'
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number
  /** Behind the last character, on the same line. */
  readonly endColumn?: number
  /** `jobs.clean.dependsOn[0]`; empty for the file as a whole. */
  readonly path: string
  /** What is wrong: one sentence. */
  readonly message: string
  /** How to mend it: one sentence. */
  readonly mend: string
}

export function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error'
}
