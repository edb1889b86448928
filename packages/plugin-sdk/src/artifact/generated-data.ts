import type { GeneratedData } from '@ingot/plugin-rpc'
import { isRecord } from '../config/plain.ts'
import { DefinitionError } from '../errors/definition-error.ts'

const NO_ID = 'ERR_ID_NOT_IMPLEMENTED_BY_BUILDER'

/**
 * What every builder hands to provisioners as `build.NAME`, unless it says otherwise. Packer's templates know these
 * names; one without a value would read `<unknown>`.
 */
export function standardData(env: Readonly<Record<string, string | undefined>> = process.env): GeneratedData {
  return {
    ID: NO_ID,
    PackerRunUUID: env['PACKER_RUN_UUID'] ?? '',
    PackerHTTPIP: 'ERR_HTTP_IP_NOT_IMPLEMENTED_BY_BUILDER',
    PackerHTTPPort: 'ERR_HTTP_PORT_NOT_IMPLEMENTED_BY_BUILDER',
    PackerHTTPAddr: 'ERR_HTTP_ADDR_NOT_IMPLEMENTED_BY_BUILDER',
    Host: '',
    Port: 0,
    User: '',
    Password: '',
    ConnType: 'none',
    SSHPublicKey: '',
    SSHPrivateKey: '',
    SSHPrivateKeyFile: '',
    SSHAgentAuth: false,
    WinRMPassword: '',
  }
}

/** The data once there is something with an id, unless the builder gave one of its own. */
export function identified(data: GeneratedData, id: string): GeneratedData {
  return data['ID'] === NO_ID ? { ...data, ID: id } : data
}

/**
 * Refuses data that Packer stops at: anything but text, numbers and booleans, and names that the builder said it
 * generates but does not.
 */
export function checkData(data: GeneratedData, generates: readonly string[]): void {
  for (const [name, value] of Object.entries(data)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      throw new DefinitionError(`The build variable ${name} must be text, a number or a boolean`)
    }
  }
  const missing = generates.filter((name) => !Object.hasOwn(data, name))
  if (missing.length === 0) return
  const names = missing.join(', ')
  throw new DefinitionError(`provision was given no ${names}, which "generates" promises: add it to its data`)
}

/** What an artifact answers for its build's variables, as far as it is text, numbers and booleans. */
export function readData(answer: unknown): GeneratedData {
  const entries = answer instanceof Map ? [...answer] : isRecord(answer) ? Object.entries(answer) : []
  return Object.fromEntries(
    entries.map(([name, value]) => [String(name), scalar(value)]).filter(([, value]) => value !== undefined),
  )
}

function scalar(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}
