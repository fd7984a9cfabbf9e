import type { LocalAws } from '../../local/local-aws.ts'

/** What becomes of the work when local mode is stopped now. */
export function farewell({ jobs, triedAgain }: ReturnType<LocalAws['underWay']>): string {
  const end = 'Ctrl-C again ends this at once.'
  if (jobs === 0) return `Stopping; no job is running, and the next start goes on from here. ${end}`
  const failing = jobs - triedAgain
  const verb = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
  const fates = [
    ...(triedAgain > 0 ? [`${verb(triedAgain, 'begins', 'begin')} anew`] : []),
    ...(failing > 0 ? [`${verb(failing, 'fails', 'fail')}, for \`retry\` lets no attempt follow`] : []),
  ]
  const lost = `${verb(jobs, 'job is', 'jobs are')} running and ended now, as by the loss of a host`
  return `Stopping: ${lost}. At the next start ${fates.join(' and ')}; all else goes on from here. ${end}`
}
