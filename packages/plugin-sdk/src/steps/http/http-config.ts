import { config } from '../../config/config.ts'
import type { ConfigProblem } from '../../config/config-error.ts'
import type { Values } from '../../config/field.ts'

const HIGHEST_PORT = 65_535

/**
 * The fields by which templates say what is served to the machine by HTTP, to be spread into a configuration: all that
 * begin with `http_`. {@link stepHttpServer} serves it.
 *
 * @example
 * const settings = config({ ...httpConfig(), size: config.number() })
 */
export function httpConfig() {
  return {
    http_directory: config
      .string()
      .checkBeside(httpProblems)
      .doc('Folder whose files are served to the machine, as for kickstart or preseed files.'),
    http_content: config.map().doc('Files that are served, by path: `{ "/ks.cfg" = file("ks.cfg") }`.'),
    http_port_min: port(8000).doc('The lowest port to serve at; a free one is chosen at random.'),
    http_port_max: port(9000).doc('The highest port to serve at.'),
    http_bind_address: config.string().doc('Address of this machine to serve at; unless given, all of them.'),
    http_interface: config.string().doc('Network interface of this machine to serve at, as `eth0`.'),
    http_network_protocol: config
      .string()
      .oneOf('tcp', 'tcp4', 'tcp6', 'unix', 'unixpacket')
      .default('tcp')
      .check((value) => (value === 'unixpacket' ? 'cannot be unixpacket here: use unix' : undefined))
      .doc('`tcp4` and `tcp6` serve in one version of IP only, `unix` at a socket named ADDRESS:PORT.'),
  }
}

/** The values of {@link httpConfig}, as a part of a builder's configuration. */
export type HttpConfig = Values<ReturnType<typeof httpConfig>>

function port(fallback: number) {
  return config.number().integer().between(0, HIGHEST_PORT).default(fallback)
}

function httpProblems(values: Readonly<Record<string, unknown>>): readonly ConfigProblem[] {
  const { http_port_min: min, http_port_max: max } = values
  const exclusive = [
    ['http_directory', 'http_content'],
    ['http_bind_address', 'http_interface'],
  ].filter((names) => names.every((name) => isGiven(values[name])))
  return [
    ...exclusive.map((names) => ({
      path: names.join(', '),
      message: 'exclude each other: give only one of them',
    })),
    ...(Number(min) > Number(max)
      ? [{ path: 'http_port_min', message: `must not be above http_port_max, which is ${max}` }]
      : []),
  ]
}

function isGiven(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value)
}
