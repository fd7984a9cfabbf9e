import { Command } from 'commander'
import { addAlertsCommand } from './alerts/alerts-command.ts'
import { addBackfillCommand } from './backfill/backfill-command.ts'
import { addCancelCommand, addRetryCommand } from './change/change-commands.ts'
import { addCompletionCommand } from './completion/completion-command.ts'
import { addDoctorCommand } from './doctor/doctor-command.ts'
import { addGraphCommand } from './graph/graph-command.ts'
import { addInitCommand } from './init/init-command.ts'
import { addJobsCommand } from './jobs/jobs-command.ts'
import { addLocalCommand } from './local/local-command.ts'
import { addLogsCommand } from './logs/logs-command.ts'
import { addPlanCommand } from './plan/plan-command.ts'
import { addReferenceCommand } from './reference-command.ts'
import { addRunsCommand } from './runs/runs-command.ts'
import { addSchemaCommand } from './schema-command.ts'
import { addShowCommand } from './show/show-command.ts'
import { addStartCommand } from './start/start-command.ts'
import { addValidateCommand } from './validate-command.ts'
import { ownVersion } from './version.ts'
import { addWatchCommand } from './watch/watch-command.ts'

const ADD: readonly ((program: Command) => void)[] = [
  addInitCommand,
  addLocalCommand,
  addValidateCommand,
  addPlanCommand,
  addGraphCommand,
  addStartCommand,
  addRunsCommand,
  addShowCommand,
  addWatchCommand,
  addLogsCommand,
  addCancelCommand,
  addRetryCommand,
  addBackfillCommand,
  addJobsCommand,
  addDoctorCommand,
  addAlertsCommand,
  addSchemaCommand,
  addCompletionCommand,
  addReferenceCommand,
]

/** The whole command. What a command does is loaded when it is run, so that help and completion come at once. */
export function createProgram(): Command {
  const program = new Command('batchwise')
    .description('Event-driven submission service for AWS Batch')
    .version(ownVersion())
    .showHelpAfterError('(add --help for what this command takes)')
    .showSuggestionAfterError()
  for (const add of ADD) add(program)
  for (const command of program.commands) command.option('--debug', 'print a stack trace with an error')
  return program
}
