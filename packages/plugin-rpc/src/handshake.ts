/** Tells a plugin that a host started it, so that it can refuse to be run by hand. */
export const COOKIE_NAME = 'PACKER_PLUGIN_MAGIC_COOKIE'
export const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

/** The ports among which a plugin that listens on TCP chooses. */
export const MIN_PORT_NAME = 'PACKER_PLUGIN_MIN_PORT'
export const MAX_PORT_NAME = 'PACKER_PLUGIN_MAX_PORT'
export const MIN_PORT = 10_000
export const MAX_PORT = 25_000

/** The version of what plugin and host say to each other; in `describe` with an `x` before it. */
export const API_MAJOR = '5'
export const API_MINOR = '0'

/** In `describe`: the plugin understands `--protobuf`. */
export const PROTOBUF_PROTOCOL = 'v2'
export const PROTOBUF_FLAG = '--protobuf'

/** The words for kinds of components on a plugin's command line. */
export const COMPONENT_KINDS = ['builder', 'provisioner', 'post-processor', 'datasource'] as const
export type ComponentKind = (typeof COMPONENT_KINDS)[number]

export type Network = 'unix' | 'tcp'

/** Where a plugin listens. */
export interface Address {
  readonly network: Network
  /** A path, or `127.0.0.1:10000`. */
  readonly address: string
}

/** The first line that a plugin prints. */
export function writeHandshake({ network, address }: Address): string {
  return `${[API_MAJOR, API_MINOR, network, address].join('|')}\n`
}

/** The address in such a line, or what is wrong with it as the end of a sentence. */
export function readHandshake(line: string): Address | string {
  const parts = line.trim().split('|')
  const [major, minor, network] = parts
  const address = parts.slice(3).join('|')
  if (parts.length === 3) return 'speaks protocol 4 or older, which no host speaks since 2021'
  if (parts.length < 3) return `printed ${JSON.stringify(line.slice(0, 200))} instead of an address`
  if (major !== API_MAJOR) return `speaks API ${major}.${minor}, and this host ${API_MAJOR}.${API_MINOR}`
  // Compared as text, as Packer does.
  if (minor! > API_MINOR)
    return `speaks API ${major}.${minor}, newer than this host's ${API_MAJOR}.${API_MINOR}`
  if (network !== 'unix' && network !== 'tcp')
    return `listens on the network ${JSON.stringify(network)}, neither unix nor tcp`
  return { network, address }
}
