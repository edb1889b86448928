import type { Readable } from 'node:stream'
import { API_MAJOR, API_MINOR, COOKIE_NAME } from '../handshake.ts'
import { settledWithin } from '../settled-within.ts'
import { PluginProcess } from './plugin-process.ts'
import { type PluginDescription, readDescription } from './read-description.ts'

/** Bytes that a description may have. */
export const MAX_DESCRIPTION_BYTES = 1_048_576

const TIMEOUT = 20_000

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

function checkApi(plugin: PluginProcess, apiVersion: string): void {
  const [, major, minor] = /^x(\d+)\.(\d+)$/.exec(apiVersion) ?? []
  if (major === API_MAJOR && Number(minor) <= Number(API_MINOR)) return
  const ours = `x${API_MAJOR}.${API_MINOR}`
  throw plugin.error(
    'api-version',
    `speaks API ${apiVersion}, and this host ${ours}; use a version of it for that API`,
  )
}
