import type { Readable } from 'node:stream'
import { API_MAJOR, API_MINOR, COOKIE_NAME } from '../handshake.ts'
import { settledWithin } from '../settled-within.ts'
import { PluginProcess } from './plugin-process.ts'

/** Bytes that a description may have. */
export const MAX_DESCRIPTION_BYTES = 1_048_576

const TIMEOUT = 20_000

/** What a plugin says of itself: the answer to `FILE describe`. */
export interface PluginDescription {
  readonly version: string
  readonly sdkVersion: string
  /** With its `x`: `x5.0`. */
  readonly apiVersion: string
  /** `v2` where the plugin understands `--protobuf`; plugins of SDKs before 0.6.0 say nothing. */
  readonly protocolVersion: string | undefined
  readonly builders: readonly string[]
  readonly datasources: readonly string[]
  readonly provisioners: readonly string[]
  readonly postProcessors: readonly string[]
}

/** How {@link describePlugin} runs a plugin. */
export interface DescribeOptions {
  /** Words before `describe`, for a plugin that an interpreter runs. */
  readonly args?: readonly string[]
  /** Milliseconds until the plugin is given up; 20 000 unless told. */
  readonly timeout?: number
}

/** Runs `FILE describe`. Throws a `PluginError` for a file that is no plugin or speaks another API than 5.0. */
export async function describePlugin(
  file: string,
  options: DescribeOptions = {},
): Promise<PluginDescription> {
  const { args = [], timeout = TIMEOUT } = options
  // The cookie is for plugins that serve; a plugin describes itself to anybody.
  const { [COOKIE_NAME]: _, ...env } = process.env
  const plugin = new PluginProcess({ file, args: [...args, 'describe'], env })
  try {
    await plugin.started
    const printed = await output(plugin, timeout)
    const description = readDescription(printed)
    if (typeof description === 'string') throw plugin.error('describe-failed', description)
    checkApi(plugin, description.apiVersion)
    return description
  } finally {
    await plugin.kill()
  }
}

async function output(plugin: PluginProcess, timeout: number): Promise<string> {
  const all = readAll(plugin.stdout)
  const inTime = await settledWithin(Promise.all([all, plugin.exited]), timeout)
  if (!inTime)
    throw plugin.error('describe-failed', `did not describe itself within ${timeout / 1000} seconds`)
  const printed = await all
  if (printed === undefined)
    throw plugin.error('describe-failed', `described itself with more than ${MAX_DESCRIPTION_BYTES} bytes`)
  await plugin.finish(0)
  if ((await plugin.exited) !== 0)
    throw plugin.error('describe-failed', `${plugin.ending} when asked to describe itself`)
  return printed
}

/** Undefined for too much; then nothing more is read. */
async function readAll(stdout: Readable): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stdout) {
    length += chunk.length
    if (length > MAX_DESCRIPTION_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** The description, or what is wrong with it as the end of a sentence. */
function readDescription(printed: string): PluginDescription | string {
  let fields: unknown
  try {
    fields = JSON.parse(printed)
  } catch {
    return `described itself with ${JSON.stringify(printed.slice(0, 200))}, which is no JSON: it is no plugin for packer`
  }
  if (typeof fields !== 'object' || fields === null) return 'described itself with JSON that is no object'
  return fromFields(fields as Record<string, unknown>)
}

function fromFields(fields: Record<string, unknown>): PluginDescription | string {
  const {
    version,
    sdk_version: sdkVersion = '',
    api_version: apiVersion,
    protocol_version: protocolVersion,
  } = fields
  if (typeof version !== 'string' || typeof apiVersion !== 'string' || typeof sdkVersion !== 'string')
    return 'does not say its version and that of its API when it describes itself'
  const [builders, datasources, provisioners, postProcessors] = [
    'builders',
    'datasources',
    'provisioners',
    'post_processors',
  ].map((kind) => names(fields[kind]))
  if (!builders || !datasources || !provisioners || !postProcessors)
    return 'does not list the names of its components as text when it describes itself'
  return {
    version,
    sdkVersion,
    apiVersion,
    protocolVersion: typeof protocolVersion === 'string' ? protocolVersion : undefined,
    builders,
    datasources,
    provisioners,
    postProcessors,
  }
}

function names(value: unknown): string[] | undefined {
  const list = value ?? []
  return Array.isArray(list) && list.every((name) => typeof name === 'string') ? list : undefined
}

function checkApi(plugin: PluginProcess, apiVersion: string): void {
  const [, major, minor] = /^x(\d+)\.(\d+)$/.exec(apiVersion) ?? []
  if (major === API_MAJOR && Number(minor) <= Number(API_MINOR)) return
  const ours = `x${API_MAJOR}.${API_MINOR}`
  throw plugin.error(
    'api-version',
    `speaks API ${apiVersion}, and this host ${ours}; use a version of it for that API`,
  )
}
