import { join } from 'node:path'
import type { BuildOptions, Plugin } from 'esbuild'

/** The file beside a function's own that has what it imports only when it needs it. */
export const LAZY_FILE = 'when-needed.js'

export interface LazyModules {
  readonly plugin: Plugin
  /** The modules that were left out, by their paths; their exports have different names. */
  readonly found: ReadonlySet<string>
}

/**
 * Leaves `import('../x.ts')` out of a bundle, to be loaded from one file beside it: what few runs need is not in the way
 * of every cold start. One file for all of them, for most of each would be the same parts of the SDK.
 */
export function lazyModules(): LazyModules {
  const found = new Set<string>()
  const plugin: Plugin = {
    name: 'lazy-modules',
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        found.add(join(resolveDir, path))
        return { path: `./${LAZY_FILE}`, external: true }
      })
    },
  }
  return { plugin, found }
}

/** What esbuild is to begin with, to make the lazy file of these modules. */
export function lazyEntry(found: ReadonlySet<string>, root: string): Pick<BuildOptions, 'stdin'> {
  const contents = [...found].sort().map(path => `export * from ${JSON.stringify(path)}`)
  return { stdin: { contents: contents.join('\n'), resolveDir: root, loader: 'ts' } }
}
