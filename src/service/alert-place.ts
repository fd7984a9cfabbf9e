import { alertsOf } from '../core/alert/alert-kind.ts'
import type { AlertPlace } from '../core/alert/failed-alert.ts'
import type { Workflow } from '../core/workflow/workflow.ts'
import type { Starter } from './service.ts'

/** Where alerts of a workflow come from, and whether they go by SMS too. */
export function alertPlace(
  { settings }: Pick<Starter, 'settings'>,
  workflow: Pick<Workflow, 'alerts'>,
): AlertPlace {
  const { stage, region } = settings
  return { stage, sms: alertsOf(workflow).sms, ...(region !== undefined && { region }) }
}
