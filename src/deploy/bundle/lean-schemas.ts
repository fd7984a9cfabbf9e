import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

const SCHEMAS = /@aws-sdk[\\/][\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/

/**
 * The SDK's schemas have computed keys, `{ [_hE]: 404 }`, for which a bundler must suppose a side effect: it keeps the
 * schemas of all operations. With the constants put in their places only those of the operations used are kept, 85 KB less
 * for `advance`. Where the SDK's form changes nothing is replaced, and nothing breaks.
 */
export const foldSchemaKeys: Plugin = {
  name: 'fold-schema-keys',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: folded(await readFile(path, 'utf8')),
    }))
  },
}

function folded(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  )
  return source.replace(/\[(\w+)\]:/g, (key, name: string) => {
    const text = constants.get(name)
    return text === undefined ? key : `[${text}]:`
  })
}
