import { dirname, join, resolve } from 'node:path'
import { escapeText } from '../../core/workflow/escape-text.ts'
import { resolveStack } from '../../core/workflow/resolve-stack.ts'
import { readWorkflowFiles, type WorkflowFiles } from '../../deploy/workflow-files.ts'
import { type LocalAws, startLocalAws } from '../../local/local-aws.ts'
import type { PortWish } from '../../local/stack/listen.ts'
import { localStack } from '../../local/stack/local-names.ts'
import { readServerlessStack } from '../../local/stack/serverless-stack.ts'
import { feedExample, noTaker, takersOfExample } from './example.ts'
import { farewell } from './farewell.ts'
import { followStatuses } from './live-status.ts'
import { writeLocalRecord } from './local-record.ts'
import { createRunFeed } from './run-feed.ts'
import { createScreen } from './screen.ts'
import { shownPath } from './shown-path.ts'
import { stopSignal } from './stop-signal.ts'
import { tellUntaken } from './untaken-upload.ts'

export interface RunLocalOptions {
  /** The folder of serverless.yml and of the functions. */
  readonly root: string
  readonly port: PortWish
  readonly folder: string
  readonly workflows: string
  readonly inbox: string
  /** Run jobs in Docker or Podman where their image is present there. */
  readonly containers: boolean
  readonly example: boolean
  /** Exit when the runs that the example started have ended. */
  readonly once: boolean
}

/** Starts local mode, shows its runs, and serves until Ctrl-C or, with `once`, until the example has ended. */
export async function runLocal(options: RunLocalOptions): Promise<void> {
  const files = readFiles(options)
  if (files.hasErrors) {
    process.exitCode = 2
    return
  }
  const stack = localStack(readServerlessStack(options.root).stackNames)
  const workflows = files.workflows.map(workflow => resolveStack(workflow, stack))
  const inputBucket = stack['inputBucket'] ?? ''
  const takers = takersOfExample(workflows, inputBucket)
  if (options.once && takers.length === 0) throw noTaker(options.workflows, inputBucket)
  const screen = createScreen(process.stdout)
  // Whose it was is not known: a function's, which in AWS would end one sandbox, or ours. Neither may end local mode.
  process.on('unhandledRejection', reason =>
    screen.note(`problem: a promise was left behind: ${escapeText(String(reason))}`),
  )
  const statuses = followStatuses()
  const untaken = tellUntaken(workflows, inputBucket, screen.note)
  const aws = await startLocalAws({
    ...options,
    workflows: files.workflows,
    stateMachines: join(dirname(resolve(options.workflows)), 'state-machines'),
    schedules: !options.once,
    onEvent: event => {
      statuses.onEvent(event)
      untaken(event)
    },
    onUpload: key => screen.note(`uploaded inbox/${escapeText(key)}`),
    onNote: what => screen.note(escapeText(what)),
    onProblem: problem => screen.note(`problem: ${escapeText(problem)}`),
  })
  const withdraw = writeLocalRecord(options.folder, aws.target.endpoint)
  for (const line of greeting(aws, options, takers.length > 0)) screen.note(line)
  const feed = createRunFeed(aws, statuses, screen)
  const stopping = stopSignal()
  if (options.example) await feedExample(aws, options.root)
  const ended = options.once ? feed.allEnded(takers) : new Promise<never>(() => {})
  const outcome = await Promise.race([ended, stopping])
  await feed.stop()
  screen.close()
  if (outcome === 'interrupted') screen.note(farewell(aws.underWay()))
  withdraw()
  await aws.stop()
  process.exit(outcome === 'failed' ? 1 : 0)
}

function readFiles({ root, workflows }: RunLocalOptions): WorkflowFiles {
  const stackNames = Object.keys(localStack(readServerlessStack(root).stackNames))
  const files = readWorkflowFiles([workflows], stackNames, process.stderr.hasColors?.() ?? false)
  if (files.text !== '') process.stderr.write(`${files.text}\n`)
  return files
}

function greeting(
  { port, stack, results }: LocalAws,
  { root, inbox, once }: RunLocalOptions,
  takesExample: boolean,
): readonly string[] {
  const generator = shownPath(join(root, 'examples', 'access-points', 'generate.mjs'))
  const address = `http://127.0.0.1:${port}`
  const title = `Local AWS on ${address}, for this machine only.`
  if (once) return [title, '']
  const file = `${shownPath(inbox)}/raw/2026/03/02/21/mine.json`
  return [
    `${title} Ctrl-C stops it.`,
    `A file put into ${shownPath(inbox)}/ is uploaded to s3://${stack['inputBucket']}/; results appear in ${shownPath(results)}/.`,
    '',
    'Try next, in another terminal:',
    ...(takesExample
      ? [
          `  mkdir -p ${dirname(file)}`,
          `  node ${generator} --seed 2 > ${file}.part && mv ${file}.part ${file}`,
          'or with the AWS CLI:',
        ]
      : []),
    '  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1',
    `  aws --endpoint-url ${address} s3 ls --recursive s3://${stack['outputBucket']}`,
    `  aws --endpoint-url ${address} batch list-jobs --job-queue default --job-status SUCCEEDED`,
    '',
  ]
}
