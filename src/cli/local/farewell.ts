import type { LocalAws } from '../../local/local-aws.ts'

/** What becomes of the work when local mode is stopped now. */
export function farewell({ jobs, triedAgain, executions }: ReturnType<LocalAws['underWay']>): string {
  const end = 'Ctrl-C again ends this at once.'
  if (jobs + executions === 0)
    return `Stopping; no job is running, and the next start goes on from here. ${end}`
  const failing = jobs - triedAgain
  const lost = [
    ...(jobs > 0
      ? [`${counted(jobs, 'job is', 'jobs are')} running and ended now, as by the loss of a host`]
      : []),
    ...(executions > 0
      ? [
          `${counted(executions, 'execution of a state machine is', 'executions of state machines are')} running and ended now`,
        ]
      : []),
  ]
  const jobFates = [
    ...(triedAgain > 0 ? [counted(triedAgain, 'begins anew', 'begin anew')] : []),
    ...(failing > 0 ? [`${counted(failing, 'fails', 'fail')}, for \`retry\` lets no attempt follow`] : []),
  ]
  const fates = [
    ...(jobs > 0 ? [jobFates.join(' and ')] : []),
    ...(executions > 0
      ? [`${counted(executions, 'execution is', 'executions are')} ABORTED, for none goes on in its middle`]
      : []),
  ]
  return `Stopping: ${lost.join('; ')}. At the next start ${fates.join('; ')}; all else goes on from here. ${end}`
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
