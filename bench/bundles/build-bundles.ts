import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { bundleFunction } from '../../src/deploy/bundle/bundle-function.ts'

/** A bundle on disk. */
export interface BuiltBundle {
  readonly file: string
  readonly bytes: number
  /** Of the files that it loads when an event needs them. */
  readonly lazyBytes: number
}

export interface BundlePair {
  readonly name: string
  readonly ours: BuiltBundle
  /** As esbuild makes it when it is told no more than that it is for Node. */
  readonly plain: BuiltBundle
}

/** Bundles a function both ways into a folder. */
export async function buildBundles(root: string, folder: string, name: string): Promise<BundlePair> {
  const source = `functions/${name}.ts`
  const { code, lazy } = await bundleFunction(root, source)
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    outdir: folder,
    write: false,
    logLevel: 'silent',
  })
  const plain = outputFiles[0]?.contents ?? new Uint8Array()
  return {
    name,
    ours: await written(join(folder, 'ours'), name, code, lazy),
    plain: await written(join(folder, 'plain'), name, plain),
  }
}

async function written(
  folder: string,
  name: string,
  code: Uint8Array,
  lazy: Readonly<Record<string, Uint8Array>> = {},
): Promise<BuiltBundle> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${name}.cjs`)
  await writeFile(file, code)
  for (const [path, content] of Object.entries(lazy)) await writeFile(join(folder, path), content)
  const lazyBytes = Object.values(lazy).reduce((sum, { byteLength }) => sum + byteLength, 0)
  return { file, bytes: code.byteLength, lazyBytes }
}
