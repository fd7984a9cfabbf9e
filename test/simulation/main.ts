import { parseArgs } from 'node:util'
import { nameOfFault } from './faults.ts'
import { isProfileName, PROFILE_NAMES, type ProfileName, profileNamed } from './profile.ts'
import { runSeeds } from './run/run-seeds.ts'
import { shrink } from './run/shrink.ts'
import { median, type Tally } from './run/tally.ts'
import { simulate } from './simulate.ts'

const USAGE = `npm run simulate -- [--profile calm|base|race|harsh|zombie|brutal|late] [--seeds N] [--from SEED]
npm run simulate -- --profile P --seed S      replays one seed, with its trace and the fewest faults that break it`

const { values } = parseArgs({
  options: {
    profile: { type: 'string' },
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
})
const { profile } = values
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
  const tally = await runSeeds(name, from, count)
  console.log(inWords(name, tally, (performance.now() - begun) / 1000))
  for (const { seed, violation } of tally.failed.slice(0, 10)) {
    console.log(`  seed ${seed}: ${violation.invariant}: ${violation.message}`)
    console.log(`    npm run simulate -- --profile ${name} --seed ${seed}`)
  }
  if (tally.failed.length > 0) process.exitCode = 1
}

function inWords(name: string, tally: Tally, seconds: number): string {
  const faults = Object.values(tally.faults).reduce((sum, count) => sum + count, 0)
  const perSecond = (count: number) => Math.round(count / seconds).toLocaleString('en')
  return [
    `${name}: ${tally.seeds} seeds, ${tally.failed.length} failed, in ${seconds.toFixed(1)} s (${perSecond(tally.seeds)} seeds/s)`,
    `  ${tally.runs} runs, ${tally.jobs.reduce((sum, count) => sum + count, 0)} jobs (median ${median(tally.jobs)} a seed), ${tally.submitted} submitted`,
    `  ${faults} faults; ${tally.calls} calls of ports (${perSecond(tally.calls)}/s)`,
    `  ${Object.entries(tally.faults)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  ].join('\n')
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
