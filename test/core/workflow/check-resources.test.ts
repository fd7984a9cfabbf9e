import { describe } from 'vitest'
import { existing, jobs, table } from './workflow-text.ts'

describe('resources', () => {
  const sized = (vcpu: string, memory: string, more = '') =>
    jobs(`a: { vcpu: ${vcpu}, memory: ${memory}, image: x, command: [run], timeout: 1h${more} }`)
  table([
    [
      'E137 vCPUs Fargate does not have',
      sized('3', '8GiB'),
      ['E137 3 jobs.a.vcpu «3»'],
      'Take one of 0.25, 0.5, 1, 2, 4, 8, 16, 32',
    ],
    [
      'E137 memory Fargate does not have',
      sized('0.25', '3GiB'),
      ['E137 3 jobs.a.memory «3GiB»'],
      'Fargate has no 3GiB with 0.25 vCPU. Take 512MiB, 1GiB, 2GiB.',
    ],
    ['E137 memory in another unit', sized('1', '2GB'), ['E137 3 jobs.a.memory «2GB»'], '"2GB" is no size'],
    [
      'E137 memory without sense',
      jobs(`a: { ${existing}, memory: 3 }`),
      ['E137 3 jobs.a.memory «3»'],
      'less than the 4 MiB',
    ],
    ['E137 no vCPUs', sized('0', '2GiB'), ['E137 3 jobs.a.vcpu «0»'], 'above 0'],
    [
      'E137 half a vCPU on EC2',
      sized('0.5', '2GiB', ', platform: EC2'),
      ['E137 3 jobs.a.vcpu «0.5»'],
      'Write a whole number',
    ],
    [
      'E137 GPUs on Fargate',
      sized('1', '2GiB', ', gpu: 1, platform: FARGATE'),
      ['E137 3 jobs.a.gpu «1»'],
      'Fargate has no GPUs',
    ],
    [
      'E137 an EC2 queue on Fargate',
      sized('1', '2GiB', ', platform: FARGATE, jobQueue: "${stack.ec2SpotQueue}"'),
      ['E137 3 jobs.a.platform «FARGATE»'],
      'runs on EC2',
    ],
    [
      'E137 storage Fargate does not have',
      sized('1', '2GiB', ', storage: 20GiB'),
      ['E137 3 jobs.a.storage «20GiB»'],
      'Write 21GiB to 200GiB',
    ],
    [
      'W137 storage on EC2',
      sized('1', '2GiB', ', storage: 20GiB, gpu: 1'),
      ['W137 3 jobs.a.storage «20GiB»'],
      'launch template',
    ],
  ])
})
