import { describe, expect, it } from 'vitest'
import { existing, faults, keys, table } from './workflow-text.ts'

const command = (...argv: readonly string[]) => {
  const written = argv.map(argument => `'${argument.replaceAll("'", "''")}'`)
  return keys(['in/{x}'], `command: [${written.join(', ')}], ${existing}`)
}
const key = '${trigger.key}'
const referring = (argv: string, parameters: string, on = existing) =>
  keys(['in/{x}'], `command: ${argv}, parameters: ${parameters}, ${on}`)
const imageOnly = 'image: x, vcpu: 1, memory: 2GiB, timeout: 1h'

describe('code from outside', () => {
  table([
    [
      'E142 in a shell',
      command('sh', '-c', `cat ${key}`),
      ['E142 4 jobs.a.command[2] «${trigger.key}»'],
      '`${trigger.key}` would become part of the code that `sh` runs. Read "$BATCHWISE_KEY" in the code instead.',
    ],
    [
      'E142 by a capture',
      command('sh', '-c', 'echo ${trigger.x}'),
      ['E142 4 jobs.a.command[2] «${trigger.x}»'],
      'Put it into `environment`',
    ],
    [
      'E142 by a parameter, and each of them',
      command('sh', '-c', 'a ${parameters.p} ${trigger.bucket}'),
      [
        'E142 4 jobs.a.command[2] «${parameters.p}»',
        'E143 4 jobs.a.command[2] «${parameters.p}»',
        'E142 4 jobs.a.command[2] «${trigger.bucket}»',
      ],
      'code',
    ],
  ])

  it.each([
    [['bash', '-lc', key], 2],
    [['/bin/bash', '-euxo', 'pipefail', '-c', key], 4],
    [['bash', '-o', 'pipefail', '-c', '-x', key], 5],
    [['/usr/bin/env', 'zsh', '-c', key], 3],
    [['timeout', '5', 'dash', '-ec', key], 4],
    [['-c', key], 1],
    [['python', '-c', key], 2],
    [['python3.12', '-Wd', '-c', key], 3],
    [['python3', `-cprint("${key}")`], 1],
    [['node', '-e', key], 2],
    [['node', '--require', './x.js', '--eval', key], 4],
    [['node', `--eval=${key}`], 1],
    [['perl', '-ne', key], 2],
    [['ruby', '-e', key], 2],
    [['php', '-r', key], 2],
    [['powershell.exe', '-NoProfile', '-Command', key], 3],
    [['pwsh', '/c', key], 2],
    [['pwsh', '-Command', 'Get-Item', key], 3],
    [['php', `-r${key}`], 1],
    [['perl', '-e', 'a', '-e', key], 4],
    [['python', '-c', `-${key}`], 2],
    [['R', '-q', '-e', 'a', '-e', key], 5],
    [['julia', '--project', '-e', key], 3],
    [['julia', `--eval=${key}`], 1],
    [['lua5.4', '-e', key], 2],
    [['su', '-c', key, 'me'], 2],
    [['su', '-', 'me', '-c', key], 4],
    [['su', 'me', `--command=${key}`], 2],
    [['runuser', '-l', 'me', '-c', key], 4],
    [['awk', key, 'in.csv'], 1],
    [['/usr/bin/gawk', '-F', ',', '-v', 'x=1', key], 5],
    [['env', 'mawk', '-F,', '--', key], 4],
    [['gawk', '-e', key, 'in.csv'], 2],
    [['gawk', `--source=${key}`], 1],
    [['ssh', 'host', key], 2],
    [['ssh', '-tp', '22', '-i', 'id', 'me@host', 'cat', key], 7],
    [['timeout', '5', 'ssh', 'host', '--', key], 5],
    [['ssh', '-o', `ProxyCommand=${key}`, 'host'], 2],
    [['ssh', `-oProxyCommand=${key}`, 'host'], 1],
    [['batchwise-claim', 'sh', '-c', key], 3],
    [['batchwise-claim', 'awk', key], 2],
    [['batchwise-claim', key], 1],
  ])('E142 refuses %j', (argv, index) => {
    const found = faults(command(...argv)).filter(fault => fault.startsWith('E142'))
    expect(found).toEqual([`E142 4 jobs.a.command[${index}] «\${trigger.key}»`])
  })

  it.each([
    [['bash', '-c', 'cat "$BATCHWISE_KEY"']],
    [['bash', '-c', 'cat "$1"', 'bash', '${trigger.uri}']],
    [['bash', '-c', 'echo ${run.id} ${stack.inputBucket} $${x}']],
    [['bash', 'script.sh', '-c', '--', key]],
    [['python', 'main.py', '--', key]],
    [['node', 'main.mjs', '${trigger.uri}']],
    [['grep', '-c', 'x', '${trigger.uri}']],
    [['awk', '{ print $1 }', '${trigger.uri}']],
    [['awk', '-v', 'uri=${trigger.uri}', '-f', 'main.awk', '${trigger.uri}']],
    [['gawk', '-e', '{ print $1 }', '${trigger.uri}']],
    [['make', 'awk', '${trigger.uri}']],
    [['ssh', '-p', '22', '-l', '${trigger.bucket}', 'host', 'cat']],
    [['su', 'me', '-s', '/bin/sh', '-c', 'cat "$1"', '${run.id}']],
    [['julia', 'main.jl', '-e', '${trigger.uri}']],
    [['batchwise-claim', 'node', 'main.mjs', '${trigger.uri}']],
  ])('takes %j', argv => expect(faults(command(...argv))).toEqual([]))
})

describe('code from outside by a parameter of Batch', () => {
  table([
    [
      'E142 in a shell',
      referring('[sh, -c, "echo Ref::n"]', '{ n: "${trigger.x}" }', imageOnly),
      ['E142 4 jobs.a.command[2] «Ref::n»'],
      '`Ref::n` would become part of the code that `sh` runs: that parameter holds `${trigger.x}`. Put it into',
    ],
    [
      'E142 the whole key inside a value',
      referring('[sh, -c, Ref::n]', '{ n: "in/${trigger.key}" }'),
      ['E142 4 jobs.a.command[2] «Ref::n»'],
      'Read "$BATCHWISE_KEY" in the code instead.',
    ],
    [
      'E142 each of them, with look-ups of its own',
      referring('[awk, "Ref::a.gz ${trigger.x} Ref::a-b"]', '{ a: "${trigger.x}", a-b: "${trigger.uri}" }'),
      [
        'E142 4 jobs.a.command[1] «Ref::a»',
        'E142 4 jobs.a.command[1] «${trigger.x}»',
        'E142 4 jobs.a.command[1] «Ref::a-b»',
      ],
      'code',
    ],
    [
      'E142 a parameter of the workflow',
      `parameters: { p: { type: string, default: x } }\n${referring('[sh, -c, "Ref::n"]', '{ n: "${parameters.p}" }')}`,
      ['E142 5 jobs.a.command[2] «Ref::n»'],
      '`${parameters.p}`',
    ],
  ])

  it.each([
    ['[sh, -c, "echo Ref::n"]', '{ n: "${run.id}" }'],
    ['[sh, -c, "echo Ref::name"]', '{ n: "${trigger.x}", name: x }'],
    ['[sh, -c, "cat $1", sh, "Ref::n"]', '{ n: "${trigger.uri}" }'],
    ['[cat, "Ref::n"]', '{ n: "${trigger.uri}" }'],
    ['[Ref::n, x]', '{ n: make }'],
  ])('takes %s with %s', (argv, parameters) => expect(faults(referring(argv, parameters))).toEqual([]))

  it('leaves alone a definition that brings its own command', () => {
    expect(faults(keys(['in/{x}'], `parameters: { n: "${key}" }, ${existing}`))).toEqual([])
  })
})

describe('a program from outside', () => {
  table([
    [
      'E142 by a look-up',
      command('${trigger.x}', 'in'),
      ['E142 4 jobs.a.command[0] «${trigger.x}»'],
      '`${trigger.x}` would choose the program that runs. Write the program here',
    ],
    [
      'E142 by a part of its name',
      command('bin/${trigger.bucket}'),
      ['E142 4 jobs.a.command[0] «${trigger.bucket}»'],
      'would choose the program',
    ],
    [
      'E142 by a parameter of the workflow',
      `parameters: { p: { type: string, default: x } }\n${command('${parameters.p}')}`,
      ['E142 5 jobs.a.command[0] «${parameters.p}»'],
      'would choose the program',
    ],
    [
      'E142 by a parameter of Batch',
      referring('[Ref::n]', '{ n: "${trigger.x}" }'),
      ['E142 4 jobs.a.command[0] «Ref::n»'],
      '`Ref::n` would choose the program that runs: that parameter holds `${trigger.x}`.',
    ],
  ])

  it.each([[['${stack.repository}']], [['/opt/${run.workflow}/main']]])('takes %j', argv =>
    expect(faults(command(...argv))).toEqual([]),
  )
})

describe('arguments that may become options', () => {
  table([
    [
      'W143 a bare key',
      command('cat', key),
      ['W143 4 jobs.a.command[1] «${trigger.key}»'],
      'a key like `--flag.csv` makes it an option. Take `${trigger.uri}`',
    ],
    [
      'W143 a bare capture',
      command('cat', '${trigger.x}.csv'),
      ['W143 4 jobs.a.command[1] «${trigger.x}»'],
      'option',
    ],
    [
      'W143 a value of an event',
      [
        'workflow: w',
        'triggers: [{ event: { pattern: { source: [x] } } }]',
        `jobs: { a: { command: [report, "\${trigger.detail.day}"], ${existing} } }`,
      ].join('\n'),
      ['W143 3 jobs.a.command[1] «${trigger.detail.day}»'],
      'begin it with text of your own, like `--value=${trigger.detail.day}`',
    ],
  ])

  it.each([
    [['cat', '--', key]],
    [['cat', `--in=${key}`]],
    [['cat', '${trigger.uri}']],
    [['cat', '${trigger.size}']],
  ])('takes %j', argv => expect(faults(command(...argv))).toEqual([]))
})
