import { readFileSync } from 'node:fs'
import { readWorkflowFiles } from '../src/deploy/workflow-files.ts'
import { readServerlessFile } from '../src/local/functions/serverless-file.ts'
import { localStack } from '../src/local/stack/local-names.ts'
import { countRuns } from './cost/count-runs.ts'
import { type IdleItem, idleCost } from './cost/idle-cost.ts'
import { PRICES } from './cost/prices.ts'
import { costOfRuns, type Item, totalOf } from './cost/run-cost.ts'
import { inTempFolder } from './temp-folder.ts'

const RUNS = 20
/** Six tasks, one parallel state, the start. */
const TRANSITIONS = 8

const runs = costOfRuns(await inTempFolder(folder => countRuns(process.cwd(), folder, RUNS)))
const stack = readServerlessFile(readFileSync('serverless.yml', 'utf8'), 'serverless.yml')
const { workflows } = readWorkflowFiles(['workflows'], Object.keys(localStack({})), false)

console.log(
  `1,000 runs of six jobs, counted over ${RUNS} in local mode, without the jobs themselves and logs\n`,
)
console.log(`${told(runs)}\n`)
console.log(
  `Step Functions Standard, ${TRANSITIONS} transitions a run: ${dollars(1000 * TRANSITIONS * PRICES.stepFunctionsTransition)}`,
)
console.log(`Managed Airflow, the smallest environment, a month: ${dollars(PRICES.mwaaHour * 720)}\n`)
for (const alarms of ['all', 'few'] as const) {
  const month = idleCost(stack, workflows, alarms)
  const beyond = month.reduce((sum, { beyondFree }) => sum + beyondFree, 0)
  console.log(`A month in which nothing runs, alarms: ${alarms}\n`)
  console.log(toldMonth(month))
  console.log(`beyond what every account has free: ${dollars(beyond)}\n`)
}
process.exit(0)

function told(items: readonly Item[]): string {
  const rows = [...items, { what: 'together', count: undefined, dollars: totalOf(items) }]
  return rows
    .map(
      ({ what, count, dollars: sum }) => `${what.padEnd(44)} ${shown(count).padStart(12)}  ${dollars(sum)}`,
    )
    .join('\n')
}

function toldMonth(items: readonly IdleItem[]): string {
  return items
    .map(
      ({ what, count, dollars: list, beyondFree }) =>
        `${what.padEnd(44)} ${shown(count).padStart(12)}  ${dollars(list)}  ${dollars(beyondFree)}`,
    )
    .join('\n')
}

function shown(count: number | undefined): string {
  return count === undefined ? '' : count.toLocaleString('en', { maximumFractionDigits: 3 })
}

function dollars(sum: number): string {
  return `$${sum.toFixed(sum < 1 ? 4 : 2)}`
}
