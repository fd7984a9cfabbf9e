import { describe, expect, it } from 'vitest'
import { existing, faults, table } from './workflow-text.ts'

const collect = (settings: string, key = 'in/{run}/{sample}_{read}', command = '${trigger.objects}') =>
  [
    'workflow: w',
    'triggers:',
    `  - object: { bucket: b, key: "${key}", collect: { ${settings} } }`,
    `jobs: { a: { ${existing}, command: [x, "${command}"] } }`,
  ].join('\n')

const at = (path: string) => `triggers[0].object.collect.${path}`

describe('collect', () => {
  table([
    [
      'E155 no capture',
      collect('by: "${trigger.rum}", until: { count: 2 }'),
      [`E155 3 ${at('by')} «\${trigger.rum}»`],
      'Known: `${trigger.bucket}`, `${trigger.run}`',
    ],
    [
      'E155 a capture that the marker does not have',
      collect('by: "${trigger.sample}", until: { marker: _SUCCESS }'),
      [`E155 3 ${at('by')} «\${trigger.sample}»`],
      'no capture of the folder of the key',
    ],
    [
      'E155 a capture that the manifest does not have',
      collect('by: "${trigger.sample}", until: { manifest: list.json }'),
      [`E155 3 ${at('by')} «\${trigger.sample}»`],
      'the folder of the key, where the manifest lies',
    ],
    [
      'E155 nothing that closes it',
      collect('by: x, until: {}'),
      [`E155 3 ${at('until')} «{}»`],
      'Write one of count, quiet, marker and manifest.',
    ],
    [
      'E155 two things that close it',
      collect('by: x, until: { count: 2, quiet: 5m }'),
      [`E155 3 ${at('until')} «{ count: 2, quiet: 5m }»`],
      'not count, quiet',
    ],
    [
      'E136 a deadline that is none',
      collect('by: x, until: { count: 2 }, deadline: soon'),
      [`E136 3 ${at('deadline')} «soon»`],
      'is no duration',
    ],
    [
      'E114 a count of 0',
      collect('by: x, until: { count: 0 }'),
      [`E114 3 ${at('until.count')} «0»`],
      'a whole number of objects',
    ],
    [
      'E143 what only one object has',
      collect('by: "${trigger.run}", until: { count: 2 }', undefined, '-${trigger.uri}'),
      ['E143 4 jobs.a.command[1] «${trigger.uri}»'],
      'Known: `run`, `bucket`, `count`, `objects`',
    ],
  ])

  it.each(['count: 2', 'quiet: 5m', 'marker: _SUCCESS', 'manifest: manifest.json'])(
    'takes sets until %s',
    until => {
      expect(faults(collect(`by: "\${trigger.run}", until: { ${until} }, deadline: 6h, late: run`))).toEqual(
        [],
      )
    },
  )
})
