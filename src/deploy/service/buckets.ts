import { bucketArn, objectsOf } from '../iam/job-roles.ts'
import type { DeploySettings } from '../settings.ts'
import { type Expression, type Resource, type Resources, ref } from '../template/cloudformation.ts'
import { onlyWithTls } from './queue-policies.ts'

export interface Buckets {
  readonly resources: Resources
  /** Names. */
  readonly input: Expression
  readonly output: Expression
}

/** Buckets for inputs and results, under names that CloudFormation makes; or existing ones. */
export function buckets(settings: DeploySettings): Buckets {
  return {
    resources: {
      ...(!settings.inputBucket && bucket('InputBucket')),
      ...(!settings.outputBucket && bucket('OutputBucket')),
    },
    input: settings.inputBucket || ref('InputBucket'),
    output: settings.outputBucket || ref('OutputBucket'),
  }
}

function bucket(id: string): Resources {
  const policy: Resource = {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref(id),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [onlyWithTls('s3:*', bucketArn(ref(id)), objectsOf(ref(id)))],
      },
    },
  }
  return { [id]: DATA_BUCKET, [`${id}Policy`]: policy }
}

/** It outlives the stack, and its objects are versioned: a run reads the version that started it. */
const DATA_BUCKET: Resource = {
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    VersioningConfiguration: { Status: 'Enabled' },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    LifecycleConfiguration: {
      Rules: [
        { Id: 'uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
        { Id: 'versions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
      ],
    },
  },
}
