import type { SubmitOutcome } from '../ports.ts'

/** Errors of a call that certainly never left this machine. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const NO_CREDENTIALS = new Set(['CredentialsProviderError', 'TokenProviderError'])

/** What an error of SubmitJob or StartExecution says about the one question: was a job made? 429 is not modelled by the SDK and comes by its name. */
export function outcomeOf(error: unknown): SubmitOutcome {
  const { name, message, code, status } = factsOf(error)
  const reason = `${name}: ${message}`.slice(0, 300)
  if (NOT_SENT.has(code) || NO_CREDENTIALS.has(name)) return { type: 'refused', again: true, reason }
  if (status === 429 || name === 'TooManyRequestsException' || name === 'ThrottlingException') {
    return { type: 'refused', again: true, reason }
  }
  if (status !== undefined && status >= 400 && status < 500) return { type: 'refused', again: false, reason }
  return { type: 'unknown', reason }
}

function factsOf(error: unknown): {
  name: string
  message: string
  code: string
  status: number | undefined
} {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '', status: undefined }
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } }
  const answered = $metadata?.httpStatusCode
  return {
    name: error.name,
    message: error.message,
    code: typeof code === 'string' ? code : '',
    status: answered,
  }
}
