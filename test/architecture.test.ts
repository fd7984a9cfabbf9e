import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The layers, and whom each may import. Local mode loads functions by path; nobody imports functions or the command. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  ports: ['core'],
  service: ['service', 'core', 'ports'],
  aws: ['aws', 'core', 'ports', 'service'],
  local: ['local', 'core'],
  deploy: ['deploy', 'core'],
  cli: ['cli', 'core', 'ports', 'service', 'aws', 'local', 'deploy'],
  functions: ['functions', 'aws', 'service', 'core'],
}

/** Packages beside Node's own modules; a layer that is not named may import any. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  core: ['zod/mini', 'yaml', 'node:crypto', 'node:zlib'],
  ports: [],
  service: [],
  functions: [],
}

/** Here the service is composed from the adapters; no adapter knows it. */
const COMPOSITION_ROOTS = 'src/aws/service/'

const LONGEST_FILE = 300

/** Where a clock, chance or settings of one's own would come from. */
const OWN_TIME_OR_CHANCE =
  /\bDate\.now\b|= Date(?![.\w])|\bnew Date\b(?!\w|\(\s*[^)\s])|\bMath\.random\b|\b(setTimeout|setInterval|setImmediate)\s*\(|\bprocess\.|\bperformance\.|\brandom(UUID|Bytes|Int)\b|\bconsole\.(log|error|warn|info)/

interface SourceFile {
  readonly path: string
  readonly text: string
  readonly layer: string
  readonly imports: readonly string[]
}

const FILES: readonly SourceFile[] = ['src', 'functions'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => sourceFile(join(folder, name).replaceAll('\\', '/'))),
)

function sourceFile(path: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  const imports = [...text.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  )
  return { path, text, layer: layerOf(path), imports }
}

function layerOf(path: string): string {
  const [top = '', second = ''] = path.split('/')
  return top === 'src' ? second.replace(/\.ts$/, '') : top
}

function violations(check: (file: SourceFile) => readonly string[]): readonly string[] {
  return FILES.flatMap(file => check(file).map(problem => `${file.path}: ${problem}`))
}

describe('the house', () => {
  it('has files in every layer, and no layer that the table does not know', () => {
    expect([...new Set(FILES.map(({ layer }) => layer))].filter(layer => !(layer in MAY_IMPORT))).toEqual([])
    expect(FILES.length).toBeGreaterThan(100)
  })

  it('imports only where the table allows it', () => {
    const found = violations(({ path, layer, imports }) =>
      imports
        .filter(name => name.startsWith('.'))
        .map(name => layerOf(relative('.', join(dirname(path), name)).replaceAll('\\', '/')))
        .filter(target => !MAY_IMPORT[layer]?.includes(target))
        .filter(target => !(target === 'service' && layer === 'aws' && !path.startsWith(COMPOSITION_ROOTS)))
        .map(target => `${layer} may not import ${target}`),
    )
    expect(found).toEqual([])
  })

  it('lets no adapter know the service, but where it is composed', () => {
    const found = violations(({ path, layer, text }) =>
      layer === 'aws' && !path.startsWith(COMPOSITION_ROOTS) && text.includes('/service/')
        ? ['imports the service']
        : [],
    )
    expect(found).toEqual([])
  })

  it('keeps the core, the ports and the service free of packages and of Node', () => {
    const found = violations(({ layer, imports }) => {
      const allowed = MAY_USE[layer]
      if (allowed === undefined) return []
      return imports
        .filter(name => !name.startsWith('.') && !allowed.includes(name))
        .map(name => `may not use ${name}`)
    })
    expect(found).toEqual([])
  })

  it('gives core and service time, randomness and settings as arguments', () => {
    const layers = ['core', 'service', 'ports']
    expect(FILES.filter(({ layer }) => layers.includes(layer)).length).toBeGreaterThan(100)
    const found = violations(({ layer, text }) =>
      layers.includes(layer) ? (text.match(OWN_TIME_OR_CHANCE) ?? []) : [],
    )
    expect(found).toEqual([])
  })

  it.each([
    'Date.now()',
    'const { now } = Date',
    'new Date()',
    'new Date( )',
    'new Date',
    'Math.random()',
    'setTimeout(work, 5)',
    'await setTimeout (5)',
    'setInterval(work, 5)',
    'process.env',
    'performance.now()',
    'randomUUID()',
    "console.log('here')",
  ])('sees %s', text => expect(`  const a = 1\n  ${text}\n`).toMatch(OWN_TIME_OR_CHANCE))

  it.each(['new Date(now)', 'updated.now', 'new DateTime(now)', 'processed.length'])('lets %s be', text =>
    expect(text).not.toMatch(OWN_TIME_OR_CHANCE),
  )

  it('has no drawer for odds and ends, and no file that takes two readings', () => {
    const found = violations(({ path, text }) => [
      ...(/(^|\/)(utils?|helpers?|types|misc|common|manager)(\.tsx?|\/)/.test(path) ? ['is a drawer'] : []),
      ...(text.split('\n').length - 1 > LONGEST_FILE ? [`has more than ${LONGEST_FILE} lines`] : []),
    ])
    expect(found).toEqual([])
  })
})
