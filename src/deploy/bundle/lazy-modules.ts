import { basename, join } from 'node:path'
import type { Plugin } from 'esbuild'

/** A module of ours that a function imports only when it needs it: a file of its own, beside the function's. */
export interface LazyModule {
  readonly source: string
  /** `state-machine-adapter.js` */
  readonly file: string
}

/**
 * Leaves `import('../x.ts')` out of a bundle, to be loaded from the file beside it. What few runs need is not in the way
 * of every cold start.
 */
export function lazyModules(): { readonly plugin: Plugin; readonly found: Map<string, LazyModule> } {
  const found = new Map<string, LazyModule>()
  const plugin: Plugin = {
    name: 'lazy-modules',
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        const file = basename(path).replace(/\.ts$/, '.js')
        found.set(file, { source: join(resolveDir, path), file })
        return { path: `./${file}`, external: true }
      })
    },
  }
  return { plugin, found }
}
