import { expectedReport } from './independent.ts'

/** What `day.json` should say of a day's files, computed from the files; shares no code with the jobs. */
export function expectedDay(files: readonly string[]) {
  const reports = files.map(file => expectedReport(file, 30))
  const total = (numberOf: (report: (typeof reports)[0]) => number) =>
    reports.map(numberOf).reduce((sum, number) => sum + number, 0)
  const rows = reports.flatMap(({ visitors }) => visitors)
  return {
    records: total(({ records }) => records),
    brokenLines: total(({ brokenLines }) => brokenLines.length),
    observations: total(({ observations }) => observations),
    visits: total(({ dwell }) => dwell.overall.visits),
    visitSeconds: total(({ dwell }) => dwell.overall.totalSeconds),
    floors: Object.entries(Object.groupBy(rows, ({ floor }) => floor))
      .map(([floor, hours = []]) => ({ floor, ...busiest(hours) }))
      .sort((a, b) => (a.floor < b.floor ? -1 : 1)),
  }
}

function busiest(rows: readonly { readonly hour: string; readonly observations: number }[]) {
  let busiestHour = ''
  let busiestObservations = 0
  for (const hour of [...new Set(rows.map(row => row.hour))].sort()) {
    const observations = sumOf(rows.filter(row => row.hour === hour))
    if (observations > busiestObservations) {
      busiestHour = hour
      busiestObservations = observations
    }
  }
  return { observations: sumOf(rows), busiestHour, busiestObservations }
}

function sumOf(rows: readonly { readonly observations: number }[]): number {
  return rows.reduce((sum, { observations }) => sum + observations, 0)
}
