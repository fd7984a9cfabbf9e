import { mkdirSync, rmdir } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '../engine/job.ts'

/** Where an attempt of a job, the first of which is 1, has its folder; those of an array lie side by side. */
export function attemptFolder(folder: string, job: Job, attempt: number): string {
  const child = job.index === undefined ? '' : `${job.index}-`
  return join(jobFolder(folder, job.spec.jobId), `${child}attempt-${attempt}`)
}

/** Where all attempts of a job or array have their folders. */
export function jobFolder(folder: string, jobId: string): string {
  return join(folder, jobId)
}

/** Makes the folder of an attempt, and `tmp` in it. What an earlier life made is taken as it is. */
export function makeAttemptFolder(folder: string): void {
  try {
    mkdirSync(folder)
    mkdirSync(join(folder, 'tmp'))
  } catch {
    mkdirSync(join(folder, 'tmp'), { recursive: true }) // the first of its job, or half made; what is wrong shows here
  }
}

/** Removes the folder of an attempt soon; in as few calls as can be where the job left nothing in it. */
export function removeAttemptFolder(folder: string): void {
  rmdir(join(folder, 'tmp'), () =>
    rmdir(folder, error => {
      if (error !== null) removeFolder(folder) // it has something in it
    }),
  )
}

/** What cannot be removed now is removed when the job is forgotten; nothing depends on it. */
export function removeFolder(folder: string): void {
  rm(folder, { recursive: true, force: true }).catch(() => undefined)
}
