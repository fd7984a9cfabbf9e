import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface WrittenJob {
  readonly image: string
  readonly command: readonly string[]
  readonly vcpu: number
  readonly memory: string
  readonly dependsOn?: readonly string[]
  readonly array?: number
}

const ROOT = new URL('../../../', import.meta.url)
const workflow = parse(readFileSync(new URL('workflows/access-points.yaml', ROOT), 'utf8'))
const jobs: readonly [string, WrittenJob][] = Object.entries(workflow.jobs)

/** GiB that Fargate has for so many vCPU. @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html */
const FARGATE_MEMORY: Readonly<Record<number, readonly string[]>> = {
  0.25: ['512MiB', '1GiB', '2GiB'],
  0.5: ['1GiB', '2GiB', '3GiB', '4GiB'],
}

describe('workflows/access-points.yaml', () => {
  it('is the graph that the example explains', () => {
    const edges = jobs.map(([name, { dependsOn = [] }]) => [name, dependsOn])
    expect(Object.fromEntries(edges)).toEqual({
      clean: [],
      visitors: ['clean'],
      dwell: ['clean'],
      join: ['clean', 'visitors'],
      quantiles: ['dwell'],
      report: ['join', 'quantiles'],
    })
    expect(workflow.jobs.visitors.array).toBe(4)
  })

  it.each(jobs)('runs a script of the image as %s, in a size that Fargate has', (name, job) => {
    expect(job.image).toBe('${stack.repository}:access-points')
    expect(job.command.slice(0, 2)).toEqual(['node', `jobs/${name}.mjs`])
    expect(existsSync(new URL(`examples/access-points/jobs/${name}.mjs`, ROOT))).toBe(true)
    expect(FARGATE_MEMORY[job.vcpu]).toContain(job.memory)
  })
})
