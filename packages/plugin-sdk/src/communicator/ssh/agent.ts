import { SshError } from './ssh-error.ts'

/** Where OpenSSH's agent listens on Windows. */
const WINDOWS_AGENT = String.raw`\\.\pipe\openssh-ssh-agent`

/** Where the local SSH agent listens, if there is one. */
export function agentPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env['SSH_AUTH_SOCK'] || (process.platform === 'win32' ? WINDOWS_AGENT : undefined)
}

/** @throws SshError `agent` where there is none. */
export function requiredAgentPath(env: Readonly<Record<string, string | undefined>>): string {
  const path = agentPath(env)
  if (path) return path
  throw new SshError(
    'agent',
    'There is no SSH agent to log in with: start one and set SSH_AUTH_SOCK, or give a private key',
  )
}
