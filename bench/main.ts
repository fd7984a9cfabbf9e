import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { arrayBench } from './array-bench.ts'
import { bigArrayBench } from './big-array-bench.ts'
import { bundleBench } from './bundle-bench.ts'
import { callsBench } from './calls-bench.ts'
import { commandBench } from './command-bench.ts'
import { decideBench } from './decide-bench.ts'
import { latencyBench } from './latency-bench.ts'
import { manyRunsBench } from './many-runs-bench.ts'
import { isMet, type Result } from './result.ts'
import { scheduleBench } from './schedule-bench.ts'
import { sixJobsBench } from './six-jobs-bench.ts'
import { startBench } from './start-bench.ts'
import { submitBench } from './submit-bench.ts'
import { tableOf } from './table.ts'

const root = process.cwd()
const BENCHES: Readonly<Record<string, () => Promise<Result>>> = {
  decide: decideBench,
  'six-jobs': () => sixJobsBench(root),
  calls: () => callsBench(root),
  start: () => startBench(root),
  submit: () => submitBench(root),
  array: arrayBench,
  command: () => commandBench(root),
  bundles: () => bundleBench(root),
  schedule: scheduleBench,
  latency: () => latencyBench(root),
}
/** Only when they are asked for: they take minutes. */
const LONG_BENCHES: Readonly<Record<string, () => Promise<Result>>> = {
  'big-array': () => bigArrayBench(root),
  'many-runs': () => manyRunsBench(root),
}

const { values, positionals } = parseArgs({
  options: { strict: { type: 'boolean' } },
  allowPositionals: true,
})
const chosen = positionals.length > 0 ? positionals : Object.keys(BENCHES)
const results: Result[] = []
for (const name of chosen) {
  const bench = BENCHES[name] ?? LONG_BENCHES[name]
  if (bench === undefined)
    throw new Error(
      `There is no bench "${name}". There are ${Object.keys({ ...BENCHES, ...LONG_BENCHES }).join(', ')}.`,
    )
  if (process.stderr.isTTY) process.stderr.write(`${name} ...\n`)
  results.push(await bench())
}

const rows = results.flatMap(result => result.rows)
console.log(`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}\n`)
console.log(tableOf(rows))
for (const note of results.flatMap(result => result.notes ?? [])) console.log(`\n${note}`)
// What closes late (a socket of a client, a timer) must not keep the command.
process.exit(values.strict && !rows.every(isMet) ? 1 : 0)
