import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

/** A call to AWS: the package and the command's name without its ending, `client-batch:SubmitJob`. */
export type SdkCall = `${string}:${string}`

/**
 * The calls to AWS that a bundle can make: commands that our own code imports and that are in the bundle. What only the
 * SDK has in it (paginators, sessions of S3 Express) is not called, and what only our sources import was left out.
 */
export function sdkCalls(metafile: Metafile, root: string): readonly SdkCall[] {
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
  const bundled = new Set(kept.flatMap(path => commandAt(path) ?? []))
  const imported = kept
    .filter(path => path.endsWith('.ts') && !path.includes('node_modules'))
    .flatMap(path => importedAt(join(root, path)))
  return [...new Set(imported)].filter(call => bundled.has(call)).sort()
}

function commandAt(path: string): SdkCall | undefined {
  const [, client, command] = /@aws-sdk\/([\w-]+)\/dist-es\/commands\/(\w+)Command\.js$/.exec(path) ?? []
  return client === undefined ? undefined : `${client}:${command}`
}

function importedAt(file: string): readonly SdkCall[] {
  const imports = readFileSync(file, 'utf8').matchAll(/import\s*\{([^}]*)\}\s*from\s*'@aws-sdk\/([\w-]+)'/g)
  return [...imports].flatMap(([, names = '', client]) =>
    [...names.matchAll(/(?<!type )\b(\w+)Command\b/g)].map(([, command]): SdkCall => `${client}:${command}`),
  )
}
