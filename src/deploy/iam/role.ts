import { type Expression, type Resource, ref } from '../template/cloudformation.ts'

/** One statement of a policy, always an allowance of something on something. */
export interface Statement {
  readonly actions: readonly string[]
  readonly resources: readonly Expression[]
  readonly condition?: Readonly<Record<string, unknown>>
}

/** A role that one AWS service may take on, with one inline policy; `managed` are ARNs of AWS's own policies. */
export function role(
  service: string,
  statements: readonly Statement[],
  options: { readonly managed?: readonly Expression[]; readonly trust?: Statement['condition'] } = {},
): Resource {
  const { managed = [], trust } = options
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: service },
            Action: 'sts:AssumeRole',
            ...(trust && { Condition: trust }),
          },
        ],
      },
      ...(managed.length > 0 && { ManagedPolicyArns: managed }),
      ...(statements.length > 0 && {
        Policies: [{ PolicyName: 'calls', PolicyDocument: policy(statements) }],
      }),
    },
  }
}

function policy(statements: readonly Statement[]) {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources, condition }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  }
}

/** Trust only for this account: no other account can make the service use the role. */
export const OURS = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } }
