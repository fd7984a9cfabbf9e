#!/usr/bin/env node
// Plain JavaScript, for nothing is compiled yet when this is read, by whatever Node.js there is.
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `batchwise: This is Node.js ${process.version}; 22.18 or newer is needed. In a clone, \`npm run batchwise --\` brings its own.\n`,
  )
  process.exit(3)
}
// What is compiled once is kept for the next start.
nodeModule.enableCompileCache()
// A clone holds the sources, which Node.js runs as they are; a published package one bundle of them.
const sources = new URL('../src/cli/main.ts', import.meta.url)
await import(existsSync(sources) ? sources.href : new URL('../dist/batchwise.cjs', import.meta.url).href)
