import { writeFileSync } from 'node:fs'
import { stackNames } from '../../aws/stack-names.ts'
import { BatchwiseError } from '../../core/errors.ts'
import { chooseWorkflow } from '../choose-workflow.ts'
import type { ConnectionFlags } from '../connection.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { dotOf } from './dot.ts'
import { type Drawing, drawingOf } from './drawing.ts'
import { mermaidOf } from './mermaid.ts'
import { svgOf } from './svg.ts'
import { terminalGraph } from './terminal-graph.ts'

export interface GraphFlags extends ConnectionFlags {
  readonly format: 'terminal' | 'mermaid' | 'dot' | 'svg'
  readonly output?: string
  readonly workflows: string
}

/** Draws a workflow, or a run with the status of its jobs. */
export async function drawGraph(what: string, flags: GraphFlags): Promise<void> {
  const drawing = await find(what, flags)
  const terminal = openTerminal()
  const lines = linesOf(drawing, flags, terminal)
  if (flags.output === undefined) return terminal.print(lines)
  writeFileSync(flags.output, `${lines.join('\n')}\n`)
}

function linesOf(
  drawing: Drawing,
  { format }: GraphFlags,
  terminal: ReturnType<typeof openTerminal>,
): readonly string[] {
  switch (format) {
    case 'terminal':
      return terminalGraph(drawing, terminal)
    case 'mermaid':
      return mermaidOf(drawing)
    case 'dot':
      return dotOf(drawing)
    case 'svg':
      return svgOf(drawing)
  }
}

/** A workflow of that name or file, else a run of that id. */
async function find(what: string, flags: GraphFlags): Promise<Drawing> {
  try {
    return drawingOf(chooseWorkflow(what, flags.workflows, stackNames('local').stackName).definition.workflow)
  } catch (error) {
    const mayBeRun = error instanceof BatchwiseError && /^[a-z2-7]{2,26}$/.test(what)
    if (!mayBeRun || error.code === 'E_SERVERLESS_FILE') throw error
    return (await import('./run-drawing.ts')).drawRun(what, flags, error)
  }
}
