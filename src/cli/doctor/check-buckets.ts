import { createBucketReader } from '../../aws/bucket-reader.ts'
import type { Check, Finding, Patient } from './check.ts'

export const bucketsSendEvents: Check = {
  name: 'buckets tell EventBridge of their objects',
  onlyInAws: true,
  async run(patient) {
    const reader = createBucketReader(patient.connection.target)
    const { inputBucket } = await patient.connection.resources()
    const buckets = [...new Set([inputBucket, ...triggerBuckets(patient)])]
    const found = await Promise.all(
      buckets.map(async bucket => findingsOf(bucket, await reader.sendsEvents(bucket))),
    )
    return found.flat()
  },
}

function triggerBuckets({ definitions }: Patient): readonly string[] {
  return definitions.flatMap(({ workflow }) =>
    workflow.triggers.flatMap(trigger => (trigger.type === 'object' ? [trigger.bucket] : [])),
  )
}

function findingsOf(bucket: string, sendsEvents: boolean | undefined): readonly Finding[] {
  if (sendsEvents) return []
  if (sendsEvents === undefined)
    return [{ problem: `The bucket ${bucket} is not there.`, mend: 'Make it, or mend the trigger.' }]
  return [
    {
      problem: `The bucket ${bucket} does not tell EventBridge of its objects: uploads start nothing.`,
      mend: 'Switch "Amazon EventBridge" on among the properties of the bucket; docs/deploy.md has the command.',
    },
  ]
}
