import { operandCode } from './operand-code.ts'
import { programName } from './program-name.ts'

/** How an interpreter is told to take an argument for code. */
interface Interpreter {
  readonly name: RegExp
  /** The option alone: the code is the next argument that is no option. */
  readonly option: RegExp
  /** The option with the code in the same argument. */
  readonly joined?: RegExp
  /** What is code: behind the first such option, behind each, or all that follows. @default 'first' */
  readonly takes?: 'first' | 'each' | 'rest'
  /** Its options count behind its other arguments too: `su user -c CODE`. */
  readonly optionsAnywhere?: boolean
}

const INTERPRETERS: readonly Interpreter[] = [
  {
    name: /^(?:ba|da|z|k|a|c|tc|fi)?sh$/,
    option: /^[-+][A-Za-z]*c[A-Za-z]*$|^--command$/,
    joined: /^--command=/,
  },
  {
    name: /^(?:su|runuser)$/,
    option: /^-[flmpP]*c$|^--(?:session-)?command$/,
    joined: /^-[flmpP]*c.|^--(?:session-)?command=/,
    takes: 'each',
    optionsAnywhere: true,
  },
  { name: /^python[\d.]*$|^pypy[\d.]*$/, option: /^-[A-Za-z]*c$/, joined: /^-[A-Za-z]*c./ },
  {
    name: /^(?:node|nodejs|bun|deno)$/,
    option: /^-(?:e|p|pe)$|^--(?:eval|print)$|^eval$/,
    joined: /^--(?:eval|print)=/,
    takes: 'each',
  },
  {
    name: /^perl[\d.]*$|^ruby[\d.]*$/,
    option: /^-[A-Za-z0]*[eE]$/,
    joined: /^-[a-zA-Z0]*[eE]./,
    takes: 'each',
  },
  { name: /^php[\d.]*$/, option: /^-[rBRE]$|^--run$/, joined: /^-[rBRE].|^--run=/, takes: 'each' },
  { name: /^R(?:script)?$/, option: /^-e$/, takes: 'each' },
  {
    name: /^julia[\d.-]*$/,
    option: /^-[eE]$|^--(?:eval|print)$/,
    joined: /^-[eE].|^--(?:eval|print)=/,
    takes: 'each',
  },
  { name: /^lua(?:jit)?[\d.-]*$/, option: /^-e$/, joined: /^-e./, takes: 'each' },
  {
    name: /^(?:powershell|pwsh)$/i,
    option: /^[-/](?:c|command|e|ec|encodedcommand)$/i,
    takes: 'rest',
  },
]
/** For an image whose entry point is a shell, the command begins with the option. */
const SHELL_OPTION = /^-[a-z]*c$/

/** Indexes of the arguments that an interpreter named in a command takes for code. */
export function codeArguments(command: readonly string[]): ReadonlySet<number> {
  const found = new Set(operandCode(command))
  for (const [index, argument] of command.entries()) {
    const interpreter = interpreterOf(argument)
    if (interpreter) addCode(command, index + 1, interpreter, found)
  }
  if (SHELL_OPTION.test(command[0] ?? '')) addNext(command, 1, found)
  return found
}

function interpreterOf(argument: string): Interpreter | undefined {
  const name = programName(argument)
  return INTERPRETERS.find(interpreter => interpreter.name.test(name))
}

/** Looks at the options behind the interpreter, up to its first argument that is neither one nor an option's value. */
function addCode(
  command: readonly string[],
  from: number,
  { option, joined, takes = 'first', optionsAnywhere = false }: Interpreter,
  found: Set<number>,
): void {
  for (let index = from; index < command.length; index++) {
    const argument = command[index] ?? ''
    if (option.test(argument)) {
      index = takes === 'rest' ? addRest(command, index + 1, found) : addNext(command, index + 1, found)
    } else if (joined?.test(argument)) found.add(index)
    else {
      const mayBeValue = index > from && isOption(command[index - 1] ?? '')
      if (isOption(argument) || mayBeValue || optionsAnywhere) continue
      return
    }
    if (takes === 'first') return
  }
}

/** The next argument that is no option, and those it stands behind: a shell takes them for options, Python for code. */
function addNext(command: readonly string[], from: number, found: Set<number>): number {
  let index = from
  while (isOption(command[index] ?? '')) found.add(index++)
  found.add(index)
  return index
}

function addRest(command: readonly string[], from: number, found: Set<number>): number {
  for (let index = from; index < command.length; index++) found.add(index)
  return command.length
}

function isOption(argument: string): boolean {
  return /^[-+]./.test(argument)
}
