import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { formatDiagnostic } from '../src/core/workflow/format-diagnostic.ts'
import { render } from '../src/core/workflow/look-up.ts'
import { readWorkflow } from '../src/core/workflow/read-workflow.ts'
import { localStack } from '../src/local/stack/local-names.ts'

const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pagesIn('docs'), ...pagesIn('examples')]

function pagesIn(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter(name => name.endsWith('.md')).map(name => join(folder, name))
}

const textOf = (page: string) => readFileSync(page, 'utf8')
const stackNames = Object.keys(localStack({}))

/** Every example that is a whole workflow file. */
const EXAMPLES = PAGES.flatMap(page =>
  [...textOf(page).matchAll(/```yaml\n(.*?)```/gs)]
    .map(([, text = '']) => text)
    .filter(text => /^workflow:/m.test(text))
    .map((text, index) => [`${page} (${index + 1})`, text] as const),
)

describe('the documentation', () => {
  it.each(EXAMPLES)('has workflow files without fault: %s', (title, text) => {
    const { diagnostics } = readWorkflow(text, title, { stackNames })
    expect(
      diagnostics
        .map(it => formatDiagnostic(it, text, { color: false }))
        .filter(line => !line.includes('[W')),
    ).toEqual([])
  })

  const ITEMS = ['north', `"it's" $(here)  \\ ü`]
  // jq is what the example's image has to bring; not every machine has it.
  it.skipIf(spawnSync('sh', ['-c', 'command -v "$0"', 'jq']).status !== 0).each([
    ['the second of two', { AWS_BATCH_JOB_ARRAY_INDEX: '1' }, ITEMS, ITEMS[1]],
    ['the only one, a plain job', {}, [ITEMS[1]], ITEMS[1]],
  ])('reads an item in the shell byte for byte: %s', (_title, index, items, item) => {
    const folder = mkdtempSync(join(tmpdir(), 'docs-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const [, text] = EXAMPLES.find(([, example]) => example.startsWith('workflow: regions')) ?? expect.fail()
    const { workflow } = readWorkflow(text, 'regions', { stackNames })
    const [program = '', ...args] = workflow?.jobs['call']?.command ?? []
    const manifest = join(folder, 'manifest')
    writeFileSync(manifest, items.map(it => `${JSON.stringify(it)}\n`).join(''))
    writeFileSync(join(folder, 'aws'), '#!/bin/sh\ncat "$3"\n', { mode: 0o755 })
    writeFileSync(join(folder, 'call'), '#!/bin/sh\nprintf "%s|" "$#" "$@"\n', { mode: 0o755 })
    const PATH = `${folder}:${process.env['PATH']}`
    const rendered = args.map(arg => render(arg, {}))
    const printed = execFileSync(program, rendered, { env: { PATH, BATCHWISE_MANIFEST: manifest, ...index } })
    expect(printed.toString()).toBe(`1|${item}|`)
  })

  it('names every error code of the source, with how to solve it', () => {
    const page = textOf('docs/errors.md')
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.ts'),
    )
    const codes = new Set(
      files.flatMap(name => textOf(join('src', name)).match(/(?<=')(?:[EW]\d{3}|E_[A-Z0-9_]+)(?=')/g) ?? []),
    )
    expect(codes.size).toBeGreaterThan(40)
    expect([...codes].filter(code => !page.includes(code))).toEqual([])
  })

  it.each(PAGES)('links to what is there: %s', page => {
    const links = [...textOf(page).matchAll(/\]\(([^)#\s]+)[^)]*\)|src="([^"]+)"/g)].map(
      ([, link, source]) => link ?? source ?? '',
    )
    const missing = links
      .filter(link => !/^[a-z]+:/.test(link))
      .filter(link => !exists(join(dirname(page), link)))
    expect(missing).toEqual([])
  })
})

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}
