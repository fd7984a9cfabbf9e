import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { BatchwiseError } from '../../core/errors.ts'
import { keepVersionOnly } from './client-version.ts'
import { lazyModules } from './lazy-modules.ts'
import { leanSchemas } from './lean-schemas.ts'
import { type SdkCall, sdkCalls } from './sdk-calls.ts'
import { leaveOutUnused } from './unused-files.ts'

/** A Lambda function in one file, and what it loads only when it needs it. */
export interface FunctionBundle {
  readonly code: Uint8Array
  /** By the names of files that lie beside the function's. */
  readonly lazy: Readonly<Record<string, Uint8Array>>
  readonly calls: readonly SdkCall[]
}

/**
 * Bundles a function as one minified CommonJS file, SDK included: half the size and two thirds of the start of what
 * esbuild makes when it is told nothing.
 *
 * @param file path below `root`
 */
export async function bundleFunction(root: string, file: string): Promise<FunctionBundle> {
  const modules = lazyModules()
  const own = await bundled(root, join(root, file), modules.plugin)
  const others = await Promise.all(
    [...modules.found.values()].map(async ({ source, file: name }) => ({
      name,
      ...(await bundled(root, source)),
    })),
  )
  return {
    code: own.code,
    lazy: Object.fromEntries(others.map(({ name, code }) => [name, code])),
    calls: [...new Set([own, ...others].flatMap(({ calls }) => calls))].sort(),
  }
}

async function bundled(
  root: string,
  source: string,
  ...plugins: readonly Plugin[]
): Promise<{ readonly code: Uint8Array; readonly calls: readonly SdkCall[] }> {
  const { outputFiles, metafile } = await build({
    ...BUNDLE,
    plugins: [...BUNDLE.plugins, ...plugins],
    absWorkingDir: root,
    entryPoints: [source],
  })
  const [code] = outputFiles
  if (code === undefined) throw new BatchwiseError('E_INTERNAL', `esbuild made nothing of ${source}.`)
  return { code: code.contents, calls: sdkCalls(metafile, root) }
}

const BUNDLE = {
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  legalComments: 'none',
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  mainFields: ['module', 'main'],
  outdir: 'bundle',
  logLevel: 'silent',
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts') },
  plugins: [leanSchemas, keepVersionOnly, leaveOutUnused],
} as const satisfies BuildOptions
