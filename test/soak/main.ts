import { parseArgs } from 'node:util'
import type { SoakOptions, Step } from './step.ts'
import { STEPS } from './steps.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    seeds: { type: 'string', default: '100000' },
    tries: { type: 'string', default: '2000' },
    workers: { type: 'string' },
    state: { type: 'string' },
  },
})
const options: SoakOptions = {
  seeds: Number(values.seeds),
  tries: Number(values.tries),
  workers: values.workers === undefined ? undefined : Number(values.workers),
  state: values.state,
}
const unknown = values.only.filter(name => STEPS.every(step => step.name !== name))
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}. There are: ${STEPS.map(({ name }) => name).join(', ')}.`,
  )
  process.exitCode = 2
} else {
  const chosen = STEPS.filter(({ name }) => values.only.length === 0 || values.only.includes(name))
  for (const step of chosen) await runStep(step)
}

async function runStep({ name, title, run }: Step): Promise<void> {
  console.log(`${name}: ${title}`)
  const begun = performance.now()
  const { figures, wrongs } = await run(options)
  for (const line of figures) console.log(`  ${line}`)
  for (const wrong of wrongs.slice(0, 20)) console.log(`  WRONG: ${wrong}`)
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  console.log(`  ${wrongs.length === 0 ? 'nothing is wrong' : `${wrongs.length} wrong`}, in ${seconds} s`)
  if (wrongs.length > 0) process.exitCode = 1
}
