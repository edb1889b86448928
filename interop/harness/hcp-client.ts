import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type HcpSdkVersion, hcpClientProgram } from '../toolchain/programs.ts'
import { temporaryFolder } from './folder.ts'
import type { Access } from './registry.ts'

/** The generated clients that the program holds. */
export type HcpClientName =
  | 'packer-2023-01-01'
  | 'packer-2021-04-30'
  | 'organizations'
  | 'projects'
  | 'operations'

/** What a generated client made of an answer. */
export interface HcpAnswer {
  /** Method and target as they were sent. */
  readonly request: string
  readonly sent?: unknown
  /** The answer as it came. */
  readonly raw?: unknown
  /** The answer as the client decoded it, written again from its types. */
  readonly payload?: unknown
  /** What the client's own models hold against the payload. */
  readonly invalid?: string
  readonly error?: HcpFailure
}

export interface HcpFailure {
  /** The Go type, for example `PackerServiceGetVersionDefault`. */
  readonly type: string
  readonly text: string
  readonly status: number
  readonly payload?: { readonly code: number; readonly message: string; readonly details: readonly unknown[] }
}

/** HashiCorp's own Go clients as a process that calls what it is told, one operation at a time. */
export interface HcpClient extends AsyncDisposable {
  /** The operations that each client has. */
  readonly operations: Readonly<Record<HcpClientName, readonly string[]>>
  /** Calls an operation; `params` has the fields of the client's own type for its parameters. */
  call(client: HcpClientName, operation: string, params: object): Promise<HcpAnswer>
}

export async function startHcpClient(version: HcpSdkVersion, access: Access): Promise<HcpClient> {
  const home = temporaryFolder()
  const child = spawn(hcpClientProgram(version).binary, [], {
    env: { ...access, HOME: home.path, SOURCE_CHANNEL: 'interop' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('The Go client ended; see what it said above.')
    return JSON.parse(value)
  }
  return {
    operations: await next(),
    async call(client, operation, params) {
      child.stdin.write(`${JSON.stringify({ client, operation, params })}\n`)
      return await next()
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      await exit
      home[Symbol.dispose]()
    },
  }
}

/** The places of an answer that the client's types have no room for: what it would lose without a word. */
export function lost(raw: unknown, payload: unknown, at = ''): readonly string[] {
  if (raw === null || raw === undefined || raw === '' || raw === false || raw === 0) return []
  if (typeof raw !== 'object') return raw === payload ? [] : [at]
  const known = (payload ?? {}) as Readonly<Record<string, unknown>>
  return Object.entries(raw).flatMap(([key, value]) => lost(value, known[key], `${at}/${key}`))
}
