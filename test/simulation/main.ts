import { parseArgs } from 'node:util'
import { nameOfFault } from './faults.ts'
import { isProfileName, PROFILE_NAMES, type ProfileName, profileNamed } from './profile.ts'
import { runSeeds } from './run/run-seeds.ts'
import { shrink } from './run/shrink.ts'
import { failuresInWords, tallyInWords } from './run/tally-text.ts'
import { simulate } from './simulate.ts'

const USAGE = `npm run simulate -- [--profile calm|base|race|harsh|zombie|brutal|late] [--seeds N] [--from SEED] [--workers N]
npm run simulate -- --profile P --seed S      replays one seed, with its trace and the fewest faults that break it`

const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    workers: { type: 'string' },
  },
})
const { profile } = values
const workers = values.workers === undefined ? undefined : Number(values.workers)
if (profile !== undefined && !isProfileName(profile)) {
  console.error(`There is no profile "${profile}".\n${USAGE}`)
  process.exitCode = 2
} else if (values.seed !== undefined) await replay(profile ?? 'base', Number(values.seed))
else {
  for (const name of profile === undefined ? PROFILE_NAMES : [profile]) {
    await measure(name, Number(values.from), Number(values.seeds))
  }
}

async function measure(name: ProfileName, from: number, count: number): Promise<void> {
  const begun = performance.now()
  const tally = await runSeeds(name, from, count, { workers })
  console.log(tallyInWords(name, tally, (performance.now() - begun) / 1000).join('\n'))
  for (const line of failuresInWords(name, tally).slice(0, 10)) console.log(`  ${line}`)
  if (tally.failed.length > 0) process.exitCode = 1
}

async function replay(name: ProfileName, seed: number): Promise<void> {
  const profile = profileNamed(name)
  const result = await simulate({ seed, profile })
  if (result.violations.length === 0) {
    const { trace } = await simulate({ seed, profile, isTraced: true })
    console.log(trace.join('\n'))
    console.log(
      `\nSeed ${seed} of ${name}: ${result.jobs} jobs, ${result.faults.length} faults, nothing violated.`,
    )
    return
  }
  const needed = await shrink(seed, profile, result)
  const { trace } = await simulate({ seed, profile, faults: needed, isTraced: true })
  console.log(trace.join('\n'))
  console.log(`\nSeed ${seed} of ${name} fails with ${needed.length} of its ${result.faults.length} faults:`)
  console.log(`  ${needed.map(nameOfFault).join(', ') || 'none'}`)
  process.exitCode = 1
}
