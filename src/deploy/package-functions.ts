import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Workflow } from '../core/workflow/workflow.ts'
import { bundleFunction } from './bundle/bundle-function.ts'
import type { SdkCall } from './bundle/sdk-calls.ts'
import { zip } from './bundle/zip.ts'

export interface FunctionSource {
  readonly name: string
  /** `functions/advance.handler`: a file without its extension, and its export. */
  readonly handler: string
}

export interface PackagedFunction extends FunctionSource {
  /** Path of the zip below `root`. */
  readonly artifact: string
  readonly bytes: number
  readonly calls: readonly SdkCall[]
}

/** Where the functions find the workflows, beside their code. */
const WORKFLOWS_FILE = 'workflows.json'

/** Bundles and zips functions into a folder below `root`; the same sources give the same bytes. */
export async function packageFunctions(
  root: string,
  folder: string,
  functions: readonly FunctionSource[],
  workflows: readonly Workflow[],
): Promise<readonly PackagedFunction[]> {
  await mkdir(join(root, folder), { recursive: true })
  const data = new TextEncoder().encode(JSON.stringify(workflows))
  return Promise.all(
    functions.map(async source => {
      const path = source.handler.replace(/\.\w+$/, '')
      const { code, lazy, calls } = await bundleFunction(root, `${path}.ts`)
      const beside = Object.entries(lazy).map(([name, content]) => [join(dirname(path), name), content])
      const files = { [`${path}.js`]: code, ...Object.fromEntries(beside), [WORKFLOWS_FILE]: data }
      const artifact = join(folder, `${source.name}.zip`)
      await writeFile(join(root, artifact), await zip(files))
      return { ...source, artifact, bytes: code.byteLength, calls }
    }),
  )
}
