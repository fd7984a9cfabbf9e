import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** Each client of the SDK imports its package.json, 2.5 KB of it for one line: its version, for the user agent. */
export const keepVersionOnly: Plugin = {
  name: 'keep-version-only',
  setup(build) {
    build.onLoad({ filter: /@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: string }
      return { contents: JSON.stringify({ version }), loader: 'json' }
    })
  },
}
