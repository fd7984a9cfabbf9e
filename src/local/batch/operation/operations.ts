import type { Operation } from './context.ts'
import { createComputeEnvironment } from './create-compute-environment.ts'
import { createJobQueue } from './create-job-queue.ts'
import { createSchedulingPolicy } from './create-scheduling-policy.ts'
import { deleteComputeEnvironment } from './delete-compute-environment.ts'
import { deleteJobQueue } from './delete-job-queue.ts'
import { deleteSchedulingPolicy } from './delete-scheduling-policy.ts'
import { deregisterJobDefinition } from './deregister-job-definition.ts'
import { describeComputeEnvironments } from './describe-compute-environments.ts'
import { describeJobDefinitions } from './describe-job-definitions.ts'
import { describeJobQueues } from './describe-job-queues.ts'
import { describeJobs } from './describe-jobs.ts'
import { describeSchedulingPolicies } from './describe-scheduling-policies.ts'
import { getJobQueueSnapshot } from './get-job-queue-snapshot.ts'
import { listJobs } from './list-jobs.ts'
import { listSchedulingPolicies } from './list-scheduling-policies.ts'
import { reclaimHost } from './reclaim-host.ts'
import { registerJobDefinition } from './register-job-definition.ts'
import { setCapacity } from './set-capacity.ts'
import { cancelJob, terminateJob } from './stop-job.ts'
import { cancelJobs, terminateJobs } from './stop-jobs.ts'
import { submitJob } from './submit-job.ts'
import { updateComputeEnvironment } from './update-compute-environment.ts'
import { updateJobQueue } from './update-job-queue.ts'
import { updateSchedulingPolicy } from './update-scheduling-policy.ts'

/** By path; all of them are POSTs. Those under `/_batchwise` are our own: AWS has them happen by themselves. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['/v1/canceljob', cancelJob],
  ['/v1/canceljobs', cancelJobs],
  ['/v1/createcomputeenvironment', createComputeEnvironment],
  ['/v1/createjobqueue', createJobQueue],
  ['/v1/createschedulingpolicy', createSchedulingPolicy],
  ['/v1/deletecomputeenvironment', deleteComputeEnvironment],
  ['/v1/deletejobqueue', deleteJobQueue],
  ['/v1/deleteschedulingpolicy', deleteSchedulingPolicy],
  ['/v1/deregisterjobdefinition', deregisterJobDefinition],
  ['/v1/describecomputeenvironments', describeComputeEnvironments],
  ['/v1/describejobdefinitions', describeJobDefinitions],
  ['/v1/describejobqueues', describeJobQueues],
  ['/v1/describejobs', describeJobs],
  ['/v1/describeschedulingpolicies', describeSchedulingPolicies],
  ['/v1/getjobqueuesnapshot', getJobQueueSnapshot],
  ['/v1/listjobs', listJobs],
  ['/v1/listschedulingpolicies', listSchedulingPolicies],
  ['/v1/registerjobdefinition', registerJobDefinition],
  ['/v1/submitjob', submitJob],
  ['/v1/terminatejob', terminateJob],
  ['/v1/terminatejobs', terminateJobs],
  ['/v1/updatecomputeenvironment', updateComputeEnvironment],
  ['/v1/updatejobqueue', updateJobQueue],
  ['/v1/updateschedulingpolicy', updateSchedulingPolicy],
  ['/_batchwise/reclaimhost', reclaimHost],
  ['/_batchwise/setcapacity', setCapacity],
])
