import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { commandReference } from '../../src/cli/command-reference.ts'
import { completionScript } from '../../src/cli/completion/completion-script.ts'
import { createProgram } from '../../src/cli/program.ts'

describe('the help of the command', () => {
  it('is what docs/command.md has', () => {
    expect(readFileSync('docs/command.md', 'utf8')).toBe(commandReference(createProgram()))
  })

  it('has an example for every command', () => {
    const sections = commandReference(createProgram()).split(/^## /m).slice(1)
    const without = sections.filter(text => !/\nExamples?:\n/.test(text)).map(text => text.split('\n')[0])
    expect(without).toEqual(['schema'])
  })

  it('tells the shape of the JSON of every command that prints it', () => {
    const sections = commandReference(createProgram()).split(/^## /m).slice(1)
    const printing = sections.filter(text => text.includes('--json  '))
    expect(printing.length).toBeGreaterThan(10)
    const without = printing.filter(text => !/\nJSON[^\n]*:\n/.test(text)).map(text => text.split('\n')[0])
    expect(without).toEqual([])
  })

  it('is there before any client of AWS, or what reads workflow files, is loaded', async () => {
    const { metafile } = await build({
      entryPoints: ['src/cli/main.ts'],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      metafile: true,
      write: false,
      outdir: 'out',
    })
    const loaded = new Set<string>()
    const load = (path: string): void => {
      for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? []) {
        if (kind !== 'import-statement' || loaded.has(next)) continue
        loaded.add(next)
        if (!external) load(next)
      }
    }
    load('out/main.js')
    const packages = [...loaded].filter(path => !/^(node:|out\/)/.test(path))
    expect(packages).toEqual(['commander'])
  })
})

describe('completion', () => {
  const script = completionScript(createProgram(), 'bash')
  const complete = (...words: readonly string[]) => {
    const line = words.map(word => `'${word}'`).join(' ')
    const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _batchwise; echo "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' }).trim()
  }

  it.each([
    [['batchwise', 'ru'], 'runs'],
    [['batchwise', 're'], 'retry'],
    [['batchwise', 'runs', '--st'], '--status --stage'],
    [['batchwise', 'runs', '--status', 'F'], 'FAILED'],
    [['batchwise', 'graph', '--format', 's'], 'svg'],
  ])('in bash makes of %j: %s', (words, expected) => {
    expect(complete(...words)).toBe(expected)
  })

  it.each(['zsh', 'fish'] as const)('names every command and option for %s', shell => {
    const text = completionScript(createProgram(), shell)
    const program = createProgram()
    for (const command of program.createHelp().visibleCommands(program)) {
      expect(text).toContain(command.name())
      for (const { long } of command.options) expect(text).toContain(long?.slice(2))
    }
  })
})
