import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

const SCHEMAS = /@aws-sdk[\\/][\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/

/**
 * A class for each error of a service. Our code asks for names, and without a class the SDK gives the name, message and
 * status too; of SNS it is then the code of the wire (`NotFound`, not `NotFoundException`), for which nothing asks.
 */
const ERROR_CLASSES = /^n\d+_registry\.registerError\(.*\);$/gm

/**
 * The SDK's schemas have computed keys, `{ [_hE]: 404 }`, for which a bundler must suppose a side effect: it keeps the
 * schemas of all operations. With the constants put in their places only those of the operations used are kept, 85 KB less
 * for `advance`. The classes of errors are not registered either, 45 KB less. Where the SDK's form changes nothing is replaced,
 * and nothing breaks.
 */
export const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: lean(await readFile(path, 'utf8')),
    }))
  },
}

function lean(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  )
  return source.replace(ERROR_CLASSES, '').replace(/\[(\w+)\]:/g, (key, name: string) => {
    const text = constants.get(name)
    return text === undefined ? key : `[${text}]:`
  })
}
