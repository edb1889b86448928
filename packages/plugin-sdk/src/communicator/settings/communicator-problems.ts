import { readFileSync, statSync } from 'node:fs'
import type { ConfigProblem } from '../../config/config-error.ts'
import { messageOf } from '../../errors/message-of.ts'
import { checkPrivateKey } from '../ssh/private-key.ts'
import { withHome } from './home-path.ts'

type Values = Readonly<Record<string, unknown>>

/** What is wrong with the fields of a communicator taken together. */
export function communicatorProblems(values: Values): readonly ConfigProblem[] {
  if (values['communicator'] === 'ssh') return sshProblems(values)
  if (values['communicator'] === 'winrm') return required(values, 'winrm_username')
  return []
}

function sshProblems(values: Values): readonly ConfigProblem[] {
  return [
    ...required(values, 'ssh_username'),
    ...keyProblems(values, 'ssh_private_key_file'),
    ...certificateProblems(values, 'ssh_certificate_file', ['ssh_private_key_file', 'ssh_private_key']),
    ...bastionProblems(values),
    ...keyPairProblems(values),
  ]
}

function bastionProblems(values: Values): readonly ConfigProblem[] {
  if (!isGiven(values, 'ssh_bastion_host')) return []
  const both = isGiven(values, 'ssh_proxy_host')
  const logins = [
    'ssh_bastion_password',
    'ssh_bastion_private_key_file',
    'ssh_private_key_file',
    'ssh_bastion_agent_auth',
    'ssh_bastion_interactive',
  ]
  return [
    ...problems(both, 'ssh_bastion_host, ssh_proxy_host', 'exclude each other: give only one of them'),
    ...problems(
      !logins.some((name) => isGiven(values, name)),
      'ssh_bastion_host',
      `needs a login: give ssh_bastion_password, ssh_bastion_private_key_file, ssh_bastion_agent_auth or ssh_bastion_interactive`,
    ),
    ...keyProblems(values, 'ssh_bastion_private_key_file'),
    ...certificateProblems(values, 'ssh_bastion_certificate_file', ['ssh_bastion_private_key_file']),
  ]
}

function certificateProblems(
  values: Values,
  name: string,
  keys: readonly string[],
): readonly ConfigProblem[] {
  const keyless = isGiven(values, name) && !keys.some((key) => isGiven(values, key))
  return [
    ...problems(keyless, name, `needs the key that it certifies: give ${keys[0]}`),
    ...fileProblems(values, name),
  ]
}

const ecdsaBits = [256, 384, 521]

function keyPairProblems(values: Values): readonly ConfigProblem[] {
  const { temporary_key_pair_type: type, temporary_key_pair_bits: bits } = values
  if (typeof bits !== 'number' || bits === 0) return []
  const name = 'temporary_key_pair_bits'
  return [
    ...problems(
      type === 'rsa' && (bits < 1024 || bits > 16_384),
      name,
      `must be between 1024 and 16384 for rsa, not ${bits}`,
    ),
    ...problems(
      type === 'ecdsa' && !ecdsaBits.includes(bits),
      name,
      `must be 256, 384 or 521 for ecdsa, not ${bits}`,
    ),
  ]
}

/** A file that is missing is better known now than when the machine is up. */
function fileProblems(values: Values, name: string): readonly ConfigProblem[] {
  const path = values[name]
  if (typeof path !== 'string' || path === '') return []
  const isFile = statSync(withHome(path), { throwIfNoEntry: false })?.isFile() ?? false
  return problems(!isFile, name, `there is no file ${path}`)
}

/** So is a key that cannot be used. */
function keyProblems(values: Values, name: string): readonly ConfigProblem[] {
  const missing = fileProblems(values, name)
  if (missing.length > 0 || !isGiven(values, name)) return missing
  try {
    checkPrivateKey(readFileSync(withHome(String(values[name])), 'latin1'), 'The file')
    return []
  } catch (error) {
    return [{ path: name, message: messageOf(error) }]
  }
}

function required(values: Values, name: string): readonly ConfigProblem[] {
  return problems(!isGiven(values, name), name, 'required, but not given')
}

function problems(holds: boolean, path: string, message: string): readonly ConfigProblem[] {
  return holds ? [{ path, message }] : []
}

function isGiven(values: Values, name: string): boolean {
  const value = values[name]
  return value !== undefined && value !== '' && value !== false
}
