import { BatchwiseError } from '../core/errors.ts'

/** `custom.batchwise.deploy` of serverless.yml: what is made, and what exists already and is only used. */
const DEFAULTS = {
  // Who is told. Comma-separated; phone numbers as +491701234567.
  alertEmails: '',
  alertPhones: '',
  // `all`, or `few`: without those of throttles and errors, which have a metric for each function.
  alarms: 'all',
  // Names of existing buckets. EventBridge must be on for the input bucket.
  inputBucket: '',
  outputBucket: '',
  // Existing subnets and security groups, comma-separated.
  subnets: '',
  securityGroups: '',
  vpcCidr: '10.42.0.0/16',
  // ARNs of existing compute environments and job queues.
  fargateSpotEnvironment: '',
  fargateEnvironment: '',
  ec2SpotEnvironment: '',
  unmanagedEnvironment: '',
  defaultQueue: '',
  onDemandQueue: '',
  ec2SpotQueue: '',
  highQueue: '',
  lowQueue: '',
  // vCPUs that each environment may reach, and the instance types of the EC2 one (g6, p5 and so on for GPUs).
  maxvCpus: '256',
  ec2InstanceTypes: 'optimal',
  // `fairShare`, the ARN of an existing policy, or nothing for first in, first out.
  schedulingPolicy: '',
  // Seconds after which a job is ended that can never be placed; 0: never.
  endUnplaceableAfter: '3600',
  // ARNs of existing roles.
  jobRole: '',
  executionRole: '',
  instanceProfile: '',
  // URI of an existing ECR repository, name of an existing log group.
  repository: '',
  logGroup: '',
  logRetentionInDays: '90',
} as const

export type DeploySettings = Readonly<Record<keyof typeof DEFAULTS, string>>

/**
 * Checks the settings; an empty one takes its default.
 *
 * @throws BatchwiseError E_DEPLOY_SETTING for an unknown name and for values that are no texts or numbers
 */
export function readDeploySettings(given: unknown): DeploySettings {
  const values = given ?? {}
  if (typeof values !== 'object' || Array.isArray(values)) throw wrong('deploy', 'it must be a map')
  const texts = Object.entries(values).map(([name, value]): [string, string] => {
    if (!Object.hasOwn(DEFAULTS, name)) throw wrong(name, `there are: ${Object.keys(DEFAULTS).join(', ')}`)
    if (value === null || value === '') return [name, DEFAULTS[name as keyof DeploySettings]]
    if (typeof value !== 'string' && typeof value !== 'number')
      throw wrong(name, 'it must be a text or a number')
    return [name, String(value).trim()]
  })
  const settings: DeploySettings = { ...DEFAULTS, ...Object.fromEntries(texts) }
  for (const name of ['maxvCpus', 'endUnplaceableAfter', 'logRetentionInDays'] as const) {
    if (!/^\d+$/.test(settings[name])) throw wrong(name, `"${settings[name]}" is not a whole number`)
  }
  if (!/^(all|few)$/.test(settings.alarms)) throw wrong('alarms', 'there are: all, few')
  const patience = Number(settings.endUnplaceableAfter)
  if (patience !== 0 && (patience < 600 || patience > 86_400))
    throw wrong('endUnplaceableAfter', `Batch takes 600 to 86,400 seconds, and 0 switches it off`)
  return settings
}

/** The items of a comma-separated setting. */
export function listed(setting: string): readonly string[] {
  return setting
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
}

function wrong(name: string, problem: string): BatchwiseError {
  return new BatchwiseError(
    'E_DEPLOY_SETTING',
    `custom.batchwise.deploy.${name}: ${problem}. Mend it in serverless.yml, or the --param it comes from.`,
  )
}
