#!/usr/bin/env node
// Plain JavaScript, for nothing is compiled yet when this is read. What is compiled once is kept for the next start.
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

enableCompileCache()
// A published package holds one bundle; a clone holds the sources, which Node runs as they are.
const bundle = new URL('../dist/batchwise.js', import.meta.url)
await import(existsSync(bundle) ? bundle.href : '../src/cli/main.ts')
