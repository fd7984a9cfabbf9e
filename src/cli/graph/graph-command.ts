import type { Command } from 'commander'
import { oneOf, withConnection } from '../options.ts'
import type { GraphFlags } from './draw-graph.ts'

/** `batchwise graph`: a picture of a workflow or of a run. */
export function addGraphCommand(program: Command): void {
  const command = program
    .command('graph')
    .description('draw a workflow, or a run with the status of its jobs')
    .argument('<workflow or run>', 'name of a workflow, path of its file, or id of a run')
    .addOption(
      oneOf('--format <format>', 'how it is drawn', ['terminal', 'mermaid', 'dot', 'svg']).default(
        'terminal',
      ),
    )
    .option('--output <file>', 'write it to a file')
    .option('--workflows <folder>', 'where the workflow files are', 'workflows')
  withConnection(command)
    .addHelpText(
      'after',
      `
Examples:
  batchwise graph access-points
  batchwise graph 7gkvhobu
  batchwise graph access-points --format svg --output access-points.svg
  batchwise graph access-points --format dot | dot -Tpng > access-points.png`,
    )
    .action(async (what: string, flags: GraphFlags) =>
      (await import('./draw-graph.ts')).drawGraph(what, flags),
    )
}
