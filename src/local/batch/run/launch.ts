import type { Job } from '../engine/job.ts'
import { makeAttemptFolder } from './attempt-folder.ts'
import { AttemptProcess } from './attempt-process.ts'
import { ContainerAttempt } from './container-attempt.ts'
import type { ContainerEngine } from './container-engine.ts'
import { commandOf, type LocalImage, whyNotStartable } from './image.ts'
import type { Isolation } from './isolation.ts'
import { attemptVariables, jobEnvironment, processEnvironment, type Surroundings } from './job-environment.ts'
import { noticesOf } from './notices.ts'
import type { Pipes } from './pipes.ts'
import type { RunningAttempt } from './running-attempt.ts'
import type { Spawner } from './spawner.ts'

/** All that is needed to start an attempt. */
export interface Launch {
  readonly job: Job
  readonly task: string
  readonly surroundings: Surroundings
  readonly images: Readonly<Record<string, LocalImage>>
  readonly isolation: Isolation
  readonly pipes: Pipes
  readonly spawner: Spawner
  readonly line: (line: string) => void
  /** Told once the attempt is a process. */
  readonly started: () => void
}

/** Starts a process, or tells why it cannot be started. */
export function startProcess(launch: Launch): RunningAttempt | string {
  const { job, surroundings, images, isolation, pipes, spawner, line, started } = launch
  const { submission } = job.spec
  makeAttemptFolder(surroundings.folder)
  const environment = processEnvironment(job, surroundings)
  const command = commandOf(images, submission.image, submission.command, surroundings.folder)
  const why = whyNotStartable(command, environment['PATH'] ?? '')
  if (why !== undefined) return why
  for (const notice of noticesOf(submission, command.isMapped ? 'mapped' : 'plain')) line(notice)
  return new AttemptProcess({
    ...command,
    environment,
    variables: attemptVariables(job, surroundings),
    isolation,
    pipe: pipes.take(),
    ...{ spawner, line, started },
  })
}

/** Starts a container. */
export function startContainer(launch: Launch, engine: ContainerEngine): RunningAttempt {
  const { job, task, surroundings, pipes, spawner, line, started } = launch
  makeAttemptFolder(surroundings.folder)
  for (const notice of noticesOf(job.spec.submission, 'container')) line(notice)
  const environment = jobEnvironment(job, surroundings)
  return new ContainerAttempt({
    ...{ engine, job, task, environment, spawner, line, started },
    folder: surroundings.folder,
    pipe: pipes.take(),
  })
}
