import { programName } from './program-name.ts'

/** A program that takes code without being told by an option. */
interface OperandProgram {
  readonly name: RegExp
  /** Options whose value is the next argument. */
  readonly valued: RegExp
  /** Options among those whose value is code. */
  readonly codeOption: RegExp
  readonly joinedCode: RegExp
  /** Indexes of operands that are code, with the options before them; `first` is the first operand's. */
  readonly code: (options: readonly string[], first: number, end: number) => readonly number[]
}

const AWK_SOURCE = /^-[efE]|^--(?:source|file|exec)\b/

const PROGRAMS: readonly OperandProgram[] = [
  {
    name: /^(?:[gmn]|original-|go)?awk$/,
    valued: /^-[FvfeilE]$|^--(?:field-separator|assign|file|source|include|load|exec)$/,
    codeOption: /^-e$|^--source$/,
    joinedCode: /^-e.|^--source=/,
    code: (options, first) => (options.some(option => AWK_SOURCE.test(option)) ? [] : [first]),
  },
  {
    name: /^ssh$/,
    valued: /^-[46AaCfGgKkMNnqsTtVvXxYy]*[BbcDEeFIiJLlmOopPQRSWw]$/,
    codeOption: /^-[A-Za-z0-9]*o$/, // ProxyCommand and LocalCommand are run by a shell
    joinedCode: /^-o./,
    code: (_options, host, end) =>
      Array.from({ length: Math.max(0, end - host - 1) }, (_, n) => host + 1 + n),
  },
]

/** Programs that start the one their arguments name. */
const STARTERS = new Set(
  'env timeout nice ionice nohup setsid stdbuf time exec sudo doas gosu su-exec tini dumb-init xargs busybox chroot strace batchwise-claim'.split(
    ' ',
  ),
)

/** Indexes of the arguments that a command's program takes for code by their place: `awk CODE`, `ssh host CODE`. */
export function operandCode(command: readonly string[]): readonly number[] {
  const starts = STARTERS.has(programName(command[0] ?? ''))
  return (starts ? command : command.slice(0, 1)).flatMap((argument, index) => {
    const program = PROGRAMS.find(({ name }) => name.test(programName(argument)))
    return program ? codeOf(command, index + 1, program) : []
  })
}

function codeOf(command: readonly string[], from: number, program: OperandProgram): readonly number[] {
  const found: number[] = []
  const options: string[] = []
  let index = from
  for (; index < command.length; index++) {
    const argument = command[index] ?? ''
    if (!/^-./.test(argument) || argument === '--') break
    options.push(argument)
    if (program.joinedCode.test(argument)) found.push(index)
    if (!program.valued.test(argument)) continue
    index++
    if (program.codeOption.test(argument)) found.push(index)
  }
  const first = command[index] === '--' ? index + 1 : index
  return [...found, ...program.code(options, first, command.length)]
}
