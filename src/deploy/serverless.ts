import type { Expression, Resource } from './template/cloudformation.ts'
import type { StackNames } from './template/stack-names.ts'

// The part of the Serverless Framework that the plugin touches, as osls 4 has it.

export interface Serverless {
  readonly serviceDir: string
  readonly service: Service
  readonly classes: { readonly Error: new (message: string, code: string) => Error }
  getProvider(name: 'aws'): { getStage(): string }
}

export interface Service {
  readonly provider: {
    environment: Record<string, unknown>
    readonly tracing?: { readonly lambda?: unknown }
    readonly compiledCloudFormationTemplate: { readonly Resources: Record<string, Resource> }
  }
  readonly custom?: { readonly batchwise?: { readonly stack?: StackNames; readonly deploy?: unknown } }
  readonly functions: Readonly<Record<string, ServerlessFunction>>
  resources?: ResourcesSection
}

interface ResourcesSection {
  Resources?: Readonly<Record<string, Resource>>
  Outputs?: Record<string, unknown>
}

export interface ServerlessFunction {
  /** The name it has in AWS. */
  readonly name: string
  readonly handler: string
  readonly events: readonly FunctionEvent[]
  package?: { artifact?: string }
  role?: Expression
  readonly destinations?: { readonly onFailure?: { readonly arn: Expression } }
}

interface FunctionEvent {
  readonly sqs?: { readonly arn: Expression; enabled?: boolean }
  readonly schedule?: { roleArn?: Expression }
}
