import { patientBatchClient } from '../../aws/batch-clients.ts'
import { createBatchReader } from '../../aws/batch-reader.ts'
import { queuesWith } from '../../aws/queue-look.ts'
import { createQueueReader } from '../../aws/queue-reader.ts'
import { BatchwiseError } from '../../core/errors.ts'
import { escapeText } from '../../core/workflow/escape-text.ts'
import { explainAwsFailure } from '../aws-failure.ts'
import { type Connection, connect } from '../connection.ts'
import { openTable } from '../open-table.ts'
import type { PrintFlags } from '../options.ts'
import { printJson } from '../terminal/print-json.ts'
import { openTerminal } from '../terminal/terminal.ts'
import type { Check, Finding, Patient } from './check.ts'
import { somebodyIsTold } from './check-alerts.ts'
import { environmentsAreValid, noQueueIsStuck, queuesAreValid } from './check-batch.ts'
import { bucketsSendEvents } from './check-buckets.ts'
import {
  definitionsAreRegistered,
  imagesAndRolesAreThere,
  noParameterBecomesCode,
} from './check-definitions.ts'
import { deadLettersAreEmpty, noRunIsOverdue, rulesAreEnabled } from './check-events.ts'
import { schedulesAreEnabled } from './check-schedules.ts'

const CHECKS: readonly Check[] = [
  bucketsSendEvents,
  rulesAreEnabled,
  schedulesAreEnabled,
  deadLettersAreEmpty,
  noRunIsOverdue,
  queuesAreValid,
  environmentsAreValid,
  noQueueIsStuck,
  definitionsAreRegistered,
  imagesAndRolesAreThere,
  noParameterBecomesCode,
  somebodyIsTold,
]
/** The newest runs tell which queues and definitions are in use. */
const RUNS_LOOKED_AT = 50

interface Result {
  readonly check: string
  readonly findings: readonly Finding[]
}

/** Makes all checks and prints what is wrong with its mend; exit code 1 if anything is. */
export async function examine(flags: PrintFlags): Promise<void> {
  const connection = connect(flags)
  const patient = await patientOf(connection)
  const skipped = CHECKS.filter(({ onlyInAws }) => onlyInAws && connection.isLocal)
  const checks = CHECKS.filter(check => !skipped.includes(check))
  const made = await Promise.all(checks.map(check => make(check, patient)))
  const results = [{ check: 'the table can be read', findings: [] }, ...made]
  const fine = results.every(({ findings }) => findings.length === 0)
  if (!fine) process.exitCode = 1
  if (flags.json) return printJson({ fine, checks: results, skipped: skipped.map(({ name }) => name) })
  printResults(results, skipped, connection)
}

function printResults(results: readonly Result[], skipped: readonly Check[], { place }: Connection): void {
  const terminal = openTerminal()
  for (const { check, findings } of results) {
    const mark = findings.length === 0 ? terminal.paint('green', 'ok   ') : terminal.paint('red', 'WRONG')
    terminal.print(`${mark} ${check}`)
    for (const { problem, mend } of findings)
      terminal.print([`        ${escapeText(problem)}`, `        ${escapeText(mend)}`])
  }
  for (const { name } of skipped)
    terminal.print(`${terminal.paint('gray', 'skip ')} ${name}: there is nothing to ask in local mode`)
  const wrong = results.filter(({ findings }) => findings.length > 0).length
  terminal.print(
    wrong === 0 ? `All is well in ${place}.` : `${wrong} of ${results.length} checks found something.`,
  )
}

/** Reading the table comes first: without credentials or a stack there is nothing to be checked. */
async function patientOf(connection: Connection): Promise<Patient> {
  const table = await openTable(connection)
  const now = Date.now()
  const { runs } = await table.runs.list({ limit: RUNS_LOOKED_AT }, now)
  const hashes = [...new Set(runs.map(({ definition }) => definition))]
  const definitions = await Promise.all(hashes.map(hash => table.store.readDefinition(hash)))
  const client = patientBatchClient(connection.target)
  return {
    connection,
    table,
    now,
    batch: createBatchReader(client),
    queues: createQueueReader(client),
    waiting: queuesWith(client),
    definitions: definitions.filter(definition => definition !== undefined),
  }
}

/** A check that could not be made is itself a finding; the others are made all the same. */
async function make({ name, run }: Check, patient: Patient): Promise<Result> {
  try {
    return { check: name, findings: await run(patient) }
  } catch (error) {
    const told = explainAwsFailure(error)
    if (!(told instanceof BatchwiseError)) throw error
    return { check: name, findings: [{ problem: 'This could not be checked.', mend: told.message }] }
  }
}
