import { median, type Tally } from './tally.ts'

/** What seeds of a profile came to, a line each. `seconds`: how long it took on the clock. */
export function tallyInWords(name: string, tally: Tally, seconds: number): readonly string[] {
  const faults = Object.values(tally.faults).reduce((sum, count) => sum + count, 0)
  const jobs = tally.jobs.reduce((sum, count) => sum + count, 0)
  const rate = (count: number, time: number) =>
    time === 0 ? '-' : Math.round(count / time).toLocaleString('en')
  const speed = `${rate(tally.seeds, seconds)} seeds/s, ${rate(tally.seeds, tally.busy)} a thread`
  return [
    `${name}: ${tally.seeds} seeds, ${tally.failed.length} failed, in ${seconds.toFixed(1)} s (${speed})`,
    `  ${tally.runs} runs, ${jobs} jobs (median ${median(tally.jobs)} a seed), ${tally.submitted} submitted`,
    `  ${faults} faults (${rate(faults, seconds)}/s); ${tally.calls} calls of ports (${rate(tally.calls, seconds)}/s)`,
    `  ${Object.entries(tally.faults)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  ]
}

/** The seeds that failed, each with how to run it again. */
export function failuresInWords(name: string, { failed }: Tally): readonly string[] {
  return failed.map(
    ({ seed, violation }) =>
      `seed ${seed}: ${violation.invariant}: ${violation.message} (npm run simulate -- --profile ${name} --seed ${seed})`,
  )
}
