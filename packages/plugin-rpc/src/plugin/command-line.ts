import { COMPONENT_KINDS, type ComponentKind, PROTOBUF_FLAG } from '../handshake.ts'

export interface StartCommand {
  readonly command: 'start'
  readonly kind: ComponentKind
  readonly name: string
  readonly protobuf: boolean
}

export type PluginCommand =
  | { readonly command: 'describe' }
  | StartCommand
  | { readonly command: 'mistake'; readonly message: string }

/** The flag may stand anywhere; the name of a component may look like one. */
export function readCommandLine(args: readonly string[]): PluginCommand {
  const protobuf = args.includes(PROTOBUF_FLAG)
  const [command, kind, name, ...more] = args.filter((arg) => arg !== PROTOBUF_FLAG)
  if (command === 'describe') return { command }
  if (command !== 'start') return mistake(command)
  if (name === undefined || more.length > 0)
    return {
      command: 'mistake',
      message: 'A start needs exactly two words more: a kind of component and its name.',
    }
  const known = COMPONENT_KINDS.find((one) => one === kind)
  if (known) return { command, kind: known, name, protobuf }
  return { command: 'mistake', message: `There are no components of the kind ${kind}.` }
}

function mistake(command: string | undefined): PluginCommand {
  const asked = command === undefined ? 'No command was given.' : `There is no command ${command}.`
  return {
    command: 'mistake',
    message: `${asked} A plugin is run by packer, with "describe" or "start KIND NAME".`,
  }
}
