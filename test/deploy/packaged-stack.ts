import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Resource } from '../../src/deploy/template/cloudformation.ts'

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>
}

/** A project of its own: our sources by reference, the workflow files as copies that a test may change. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'batchwise-deploy-'))

  constructor() {
    for (const name of ['src', 'functions', 'node_modules'])
      symlinkSync(resolve(name), join(this.folder, name))
    for (const name of ['serverless.yml', 'package.json', 'workflows']) {
      cpSync(name, join(this.folder, name), { recursive: true })
    }
  }

  /** Runs `serverless package` without credentials, and with every way out of this machine closed. */
  async package(
    ...options: readonly string[]
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    const command = join('node_modules', 'serverless', 'bin', 'serverless.js')
    const child = spawn(process.execPath, [command, 'package', ...options], {
      cwd: this.folder,
      env: {
        HOME: this.folder,
        PATH: process.env['PATH'],
        HTTPS_PROXY: NOWHERE,
        HTTP_PROXY: NOWHERE,
        CI: '1',
      },
    })
    const [output, errors, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>(done => child.once('close', done)),
    ])
    return { code, output: `${output}${errors}` }
  }

  template(): Template {
    return JSON.parse(this.read('cloudformation-template-update-stack.json').toString())
  }

  /** A file of the package. */
  read(name: string): Buffer {
    return readFileSync(join(this.folder, '.serverless', name))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const NOWHERE = 'http://127.0.0.1:9'

export function resourcesOf(
  template: Template,
  type: string,
): readonly (readonly [id: string, properties: Values])[] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties])
}

/** Properties as a test reads them. */
// biome-ignore lint/suspicious/noExplicitAny: a template is JSON without a schema; a wrong path fails the test.
export type Values = Readonly<Record<string, any>>
