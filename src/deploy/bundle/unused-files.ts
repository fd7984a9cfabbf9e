import type { Plugin } from 'esbuild'

const DOCUMENT_CLIENT = /^@aws-sdk\/lib-dynamodb$/

/**
 * Of all the SDK's packages the document client alone does not say that its files have no side effects: all its commands
 * and paginators would be kept, and with them operations that nobody calls (Scan, PartiQL, transactions).
 */
export const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  setup(build) {
    build.onResolve({ filter: DOCUMENT_CLIENT }, async ({ path, pluginData, ...place }) => {
      if (pluginData === leaveOutUnused) return undefined
      const { importer, kind, resolveDir } = place
      const found = await build.resolve(path, { importer, kind, resolveDir, pluginData: leaveOutUnused })
      return { ...found, sideEffects: false }
    })
    build.onResolve({ filter: /^\./ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === leaveOutUnused || !importer.includes('/@aws-sdk/lib-dynamodb/')) return undefined
      const found = await build.resolve(path, { importer, kind, resolveDir, pluginData: leaveOutUnused })
      return { ...found, sideEffects: false }
    })
  },
}
