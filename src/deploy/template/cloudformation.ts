import { BatchwiseError } from '../../core/errors.ts'

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
export interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
  readonly DependsOn?: string | readonly string[]
  readonly DeletionPolicy?: 'Retain'
  readonly UpdateReplacePolicy?: 'Retain'
}

/** By logical id. */
export type Resources = Readonly<Record<string, Resource>>

/** A text, or an intrinsic function that gives one. */
export type Expression = string | Readonly<Record<string, unknown>>

export function ref(logicalId: string): Expression {
  return { Ref: logicalId }
}

export function attribute(logicalId: string, name: string): Expression {
  return { 'Fn::GetAtt': [logicalId, name] }
}

export function join(...parts: readonly Expression[]): Expression {
  return { 'Fn::Join': ['', parts] }
}

/** An ARN in this stack's partition, region and account. */
export function arn(service: string, ...resource: readonly Expression[]): Expression {
  const head = [
    'arn:',
    ref('AWS::Partition'),
    `:${service}:`,
    ref('AWS::Region'),
    ':',
    ref('AWS::AccountId'),
    ':',
  ]
  return join(...head, ...resource)
}

/**
 * Puts parts of a template together.
 *
 * @throws BatchwiseError E_TEMPLATE for a logical id that two parts have
 */
export function merged(...parts: readonly Resources[]): Resources {
  const all: Record<string, Resource> = {}
  for (const [id, resource] of parts.flatMap(part => Object.entries(part))) {
    if (Object.hasOwn(all, id)) {
      throw new BatchwiseError(
        'E_TEMPLATE',
        `Two resources would have the logical id ${id}. Rename one of the workflows or jobs it is made from.`,
      )
    }
    all[id] = resource
  }
  return all
}

/** CloudFormation takes 500; the Serverless Framework adds some thirty for functions, logs and its own bucket. */
const MOST_RESOURCES = 460

/** @throws BatchwiseError E_TEMPLATE for more resources than CloudFormation takes in a stack */
export function checkSize(resources: Resources): void {
  const count = Object.keys(resources).length
  if (count <= MOST_RESOURCES) return
  throw new BatchwiseError(
    'E_TEMPLATE',
    `The stack would have ${count} resources of ours, and CloudFormation takes about ${MOST_RESOURCES}. Each job with an image makes one: ` +
      'make equal jobs one array, share definitions by `jobDefinition`, or give some workflows a stack of their own.',
  )
}

/** A logical id from names of workflows, jobs and the like: `access-points` is `AccessPoints`. */
export function logicalId(...names: readonly string[]): string {
  return names
    .flatMap(name => name.split('-'))
    .map(word => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')
}
