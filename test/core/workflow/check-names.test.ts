import { describe, expect, it } from 'vitest'
import { existing, faults, image, jobs, table, top } from './workflow-text.ts'

const bucket = (name: string) => top(`triggers: [{ object: { bucket: "${name}", key: k } }]`)

describe('names that AWS has', () => {
  table([
    [
      'E114 a bucket',
      bucket('Bad Bucket!'),
      ['E114 3 triggers[0].object.bucket «"Bad Bucket!"»'],
      'is no name of a bucket',
    ],
    [
      'E114 a queue',
      jobs(`a: { jobQueue: "no queue!", ${existing} }`),
      ['E114 3 jobs.a.jobQueue «"no queue!"»'],
      'is no name or ARN of a job queue',
    ],
    [
      'E114 the default queue',
      top('defaults: { jobQueue: a/b }'),
      ['E114 3 defaults.jobQueue «a/b»'],
      'job queue',
    ],
    [
      'W110 a container property',
      jobs(`a: { containerProperties: { privilegd: true }, ${image} }`),
      ['W110 3 jobs.a.containerProperties.privilegd «privilegd»'],
      'Did you mean `privileged`?',
    ],
    [
      'W110 a new one',
      jobs(`a: { containerProperties: { zzz: 1 }, ${image} }`),
      ['W110 3 jobs.a.containerProperties.zzz «zzz»'],
      'unless it is new',
    ],
  ])

  it.each([
    bucket('my.bucket-1'),
    bucket('Old_Bucket'),
    bucket('${stack.inputBucket}'),
    jobs(`a: { jobQueue: arn:aws:batch:eu-west-1:123456789012:job-queue/x, ${existing} }`),
    jobs(`a: { jobQueue: "\${stack.highQueue}", ${existing} }`),
    jobs(`a: { containerProperties: { linuxParameters: { sharedMemorySize: 64 } }, ${image} }`),
  ])('passes %j', text => expect(faults(text)).toEqual([]))
})
