import { JobError, shown } from './job-error.mjs'
import { createS3 } from './s3.mjs'

/**
 * @typedef {object} JobContext
 * @property {import('./s3.mjs').S3} s3
 * @property {string} output URI under which the run's results go, without a closing slash
 * @property {readonly string[]} args what stands behind the script's name
 * @property {Readonly<Record<string, string | undefined>>} env
 */

/**
 * Runs a job and prints its summary. A failure prints one line to stderr and ends the process with 1.
 *
 * @param {string} name
 * @param {(context: JobContext) => Promise<string>} work gives the summary
 */
export async function runJob(name, work) {
  try {
    const { argv, env } = process
    const output = outputOf(env)
    const summary = await work({ s3: createS3(env), output, args: argv.slice(2), env })
    console.log(`${name}: ${summary}`)
  } catch (error) {
    process.stderr.write(`${name}: ${described(error)}\n`)
    process.exit(1)
  }
}

/**
 * The one argument a job needs.
 *
 * @param {readonly string[]} args
 * @param {string} usage
 * @returns {string}
 * @throws {JobError} if there is none, or there are more
 */
export function onlyArgument(args, usage) {
  const [argument] = args
  if (argument === undefined || args.length > 1)
    throw new JobError(`expected one argument, got ${args.length}. Use it as: ${usage}`)
  return argument
}

/** @param {Readonly<Record<string, string | undefined>>} env */
function outputOf(env) {
  const output = env['BATCHWISE_OUTPUT']?.replace(/\/+$/, '')
  if (!output)
    throw new JobError('BATCHWISE_OUTPUT is not set. Set it to where results go, say s3://bucket/run-1.')
  return output
}

/** @param {unknown} error */
function described(error) {
  if (error instanceof JobError) return error.message
  if (!(error instanceof Error)) return shown(String(error))
  const place = /\bjobs\/[^)\n]+/.exec(error.stack ?? '')?.[0] ?? 'an unknown place'
  return `${shown(`${error.name}: ${error.message}`)} (at ${place}). This is a bug in the job.`
}
