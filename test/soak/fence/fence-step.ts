import { runFence } from '../../simulation/fence/run-fence.ts'
import type { Step } from '../step.ts'

const SEEDS = 5000

export const FENCE: Step = {
  name: 'fence',
  title: `${SEEDS} seeds in which bounds are broken, without the strict fence and with it`,
  async run({ workers }) {
    const without = await runFence(SEEDS, false, workers)
    const fenced = await runFence(SEEDS, true, workers)
    const told = (name: string, { submissions, madeTwice, ranTwice }: typeof fenced) =>
      `${name}: of ${submissions} submissions ${madeTwice} were made twice, the work of ${ranTwice} was done twice`
    return {
      figures: [told('without', without), told('with the fence', fenced)],
      wrongs: [
        ...[...without.violations, ...fenced.violations],
        ...(fenced.ranTwice > 0 ? [`the work of ${fenced.ranTwice} submissions was done twice`] : []),
      ],
    }
  },
}
