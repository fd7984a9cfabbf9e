import { BatchwiseError } from '../../core/errors.ts'
import { findContainerEngine } from '../batch/run/container-engine.ts'

/**
 * The command of the container engine of this machine.
 *
 * @throws BatchwiseError E_CONTAINERS when neither Docker nor Podman answers
 */
export function requireContainerEngine(): string {
  const engine = findContainerEngine()
  if (engine !== undefined) return engine
  throw new BatchwiseError(
    'E_CONTAINERS',
    'Neither "docker info" nor "podman info" answers. Start Docker or Podman, or leave --containers away.',
  )
}
