/** Background of a job's box by its status, for drawings; a workflow's boxes have none. */
const COLORS: Readonly<Record<string, string>> = {
  SUCCEEDED: '#b7e1c1',
  FAILED: '#f5b5b0',
  LOST: '#f5b5b0',
  RUNNING: '#b3dcf2',
  STARTING: '#b3dcf2',
  CANCELLED: '#f6e3a8',
  SKIPPED: '#e3e3e3',
  WAITING: '#f4f4f4',
}

export function statusColor(status: string | undefined): string {
  return status === undefined ? '#ffffff' : (COLORS[status] ?? '#dde8f5')
}
