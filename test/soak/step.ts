/** One long test of the soak. */
export interface Step {
  /** For `npm run soak -- --only NAME`. */
  readonly name: string
  readonly title: string
  run(options: SoakOptions): Promise<StepEnd>
}

export interface SoakOptions {
  /** Simulated seeds of each profile. */
  readonly seeds: number
  /** Seeds that each mutant may take. */
  readonly tries: number
  /** Processes or threads at once. @default as many as there are processors */
  readonly workers?: number | undefined
  /** Where simulated seeds are noted down, to go on from there after a break. */
  readonly state?: string | undefined
}

export interface StepEnd {
  /** What was measured, a line each. */
  readonly figures: readonly string[]
  /** What should not be; empty when all is well. */
  readonly wrongs: readonly string[]
}
