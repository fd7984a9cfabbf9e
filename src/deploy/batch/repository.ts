import type { DeploySettings } from '../settings.ts'
import { attribute, type Expression, join, type Resources, ref } from '../template/cloudformation.ts'

export interface Repository {
  readonly resources: Resources
  /** What `${stack.repository}` gives; a workflow file adds the tag. */
  readonly uri: Expression
  /** Of ECR repositories; none for images from elsewhere. */
  readonly arns: readonly Expression[]
}

/** An ECR repository whose tags never change, so that a job runs the image its definition was made for; or an existing one. */
export function repository(settings: DeploySettings): Repository {
  if (settings.repository) {
    return { resources: {}, uri: settings.repository, arns: privateRepositories([settings.repository]) }
  }
  return {
    resources: {
      Repository: {
        Type: 'AWS::ECR::Repository',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          ImageScanningConfiguration: { ScanOnPush: true },
          ImageTagMutability: 'IMMUTABLE',
          EncryptionConfiguration: { EncryptionType: 'AES256' },
          LifecyclePolicy: { LifecyclePolicyText: JSON.stringify({ rules: [UNTAGGED] }) },
        },
      },
    },
    uri: attribute('Repository', 'RepositoryUri'),
    arns: [attribute('Repository', 'Arn')],
  }
}

/** ARNs of the private ECR repositories among images; others are public, or not AWS's. */
export function privateRepositories(images: readonly string[]): readonly Expression[] {
  return images.flatMap(image => {
    const [, account, region, name] = /^(\d{12})\.dkr\.ecr\.([\w-]+)\.[^/]+\/([^:@]+)/.exec(image) ?? []
    if (account === undefined || region === undefined) return []
    return [join('arn:', ref('AWS::Partition'), `:ecr:${region}:${account}:repository/${name}`)]
  })
}

const UNTAGGED = {
  rulePriority: 1,
  description: 'Layers that no tag names any more',
  selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
  action: { type: 'expire' },
}
