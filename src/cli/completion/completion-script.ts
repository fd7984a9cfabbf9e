import type { Command } from 'commander'

/** A command as a shell completes it. */
interface Completed {
  readonly name: string
  readonly description: string
  readonly options: readonly CompletedOption[]
}

interface CompletedOption {
  readonly flag: string
  readonly description: string
  readonly takesValue: boolean
  /** The values that there are; files and folders otherwise. */
  readonly values: readonly string[]
}

/** The script of a shell, made from the commands as they are. */
export function completionScript(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const commands = completedOf(program)
  switch (shell) {
    case 'bash':
      return bash(commands)
    case 'zsh':
      return zsh(commands)
    case 'fish':
      return fish(commands)
  }
}

function completedOf(program: Command): readonly Completed[] {
  const help = program.createHelp()
  return help.visibleCommands(program).map(command => ({
    name: command.name(),
    description: command.description(),
    options: command.options.map(({ long, description, required, optional, argChoices = [] }) => ({
      flag: long ?? '',
      description,
      takesValue: required || optional,
      values: argChoices,
    })),
  }))
}

function bash(commands: readonly Completed[]): string {
  const cases = commands.map(
    ({ name, options }) => `    ${name}) words="${options.map(({ flag }) => flag).join(' ')} --help" ;;`,
  )
  const values = [...valuesByFlag(commands)].map(
    ([flag, words]) => `    ${flag}) COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")); return ;;`,
  )
  return `# bash completion of batchwise
_batchwise() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join('\n')}
  esac
  [[ $word == -* ]] || { COMPREPLY=($(compgen -f -- "$word")); return; }
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o filenames -F _batchwise batchwise
`
}

function valuesByFlag(commands: readonly Completed[]): ReadonlyMap<string, readonly string[]> {
  const byFlag = new Map<string, Set<string>>()
  for (const { flag, values } of commands.flatMap(({ options }) => options)) {
    if (values.length === 0) continue
    const words = byFlag.get(flag) ?? new Set()
    byFlag.set(flag, words)
    for (const value of values) words.add(value)
  }
  return new Map([...byFlag].map(([flag, words]) => [flag, [...words]]))
}

function zsh(commands: readonly Completed[]): string {
  const names = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`)
  const cases = commands.map(({ name, options }) => {
    const specs = options.map(option => `      ${quoted(zshSpec(option))}`)
    return `    ${name}) _arguments \\\n${[...specs, `      '*:file:_files'`].join(' \\\n')} ;;`
  })
  return `#compdef batchwise
_batchwise() {
  local -a commands=(
${names.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
compdef _batchwise batchwise
`
}

/** \`--flag[description]:value:(a b)\`: brackets and colons of the description would end it. */
function zshSpec({ flag, description, takesValue, values }: CompletedOption): string {
  const text = description.replace(/[[\]:]/g, '')
  const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : '_files'}` : ''
  return `*${flag}[${text}]${value}`
}

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c batchwise -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
    ...options.map(option => fishOption(name, option)),
  ])
  return `# fish completion of batchwise\n${lines.join('\n')}\n`
}

function fishOption(command: string, { flag, description, takesValue, values }: CompletedOption): string {
  const value = takesValue ? (values.length > 0 ? ` -x -a '${values.join(' ')}'` : ' -r') : ''
  const when = `'__fish_seen_subcommand_from ${command}'`
  return `complete -c batchwise -n ${when} -l ${flag.replace('--', '')}${value} -d ${quoted(description)}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
