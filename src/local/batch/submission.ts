/** The members of a container that Batch shows and hands on, as the caller sent them. */
export type ContainerShape = Readonly<Record<string, unknown>>

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string
}

/** What was submitted, definition and overrides merged and placeholders filled: what is run, and what is told of it. */
export interface Submission {
  readonly jobName: string
  /** ARN with revision. */
  readonly jobDefinition: string
  /** ARN */
  readonly jobQueue: string
  readonly image: string
  readonly command: readonly string[]
  readonly environment: readonly EnvironmentVariable[]
  readonly resourceRequirements: readonly { readonly type: string; readonly value: string }[]
  /** The definition's other container properties: roles, volumes, secrets and so on. */
  readonly container: ContainerShape
  readonly parameters: Readonly<Record<string, string>>
  readonly platformCapabilities: readonly string[]
  readonly propagateTags: boolean
}
