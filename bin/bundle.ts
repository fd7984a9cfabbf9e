/**
 * `npm pack` runs it: makes of the sources what the package holds, in `dist/` or the folder that is named. The command is one file; it is CommonJS, in
 * which esbuild keeps each `import()` lazy without a second file. Beside it lies the stack that local mode runs where a folder
 * has none of its own: Node.js strips no types below node_modules, so the functions are bundled too. Packages stay
 * outside, for npm installs them.
 */
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { type BuildOptions, build } from 'esbuild'

const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  packages: 'external',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions

const [folder = 'dist'] = process.argv.slice(2)
await rm(folder, { recursive: true, force: true })
await mkdir(folder)
await build({
  ...COMMON,
  entryPoints: ['src/cli/main.ts'],
  outfile: `${folder}/batchwise.cjs`,
  format: 'cjs',
  define: { 'import.meta.dirname': '__dirname' },
})
// Started as a process of its own.
await build({
  ...COMMON,
  entryPoints: ['src/local/batch/run/spawner-process.ts'],
  outfile: `${folder}/spawner-process.cjs`,
  format: 'cjs',
})
const functions = (await readdir('functions')).map(file => `functions/${file}`)
await build({ ...COMMON, entryPoints: functions, outdir: `${folder}/functions`, format: 'esm' })
for (const path of ['serverless.yml', 'workflows', 'examples'])
  await cp(path, `${folder}/${path}`, { recursive: true })
