import { readFile } from 'node:fs/promises'
import type {
  AnyAuthMethod,
  AuthHandlerMiddleware,
  KeyboardInteractiveCallback,
  ParsedKey,
  Prompt,
} from 'ssh2'
import { messageOf } from '../../errors/message-of.ts'
import { withHome } from '../settings/home-path.ts'
import type { SshLogin } from '../settings/ssh-settings.ts'
import { requiredAgentPath } from './agent.ts'
import { readCertificate } from './certificate.ts'
import type { CertifiedKey } from './certificate-login.ts'
import { loadSsh2 } from './library.ts'
import { readKeyFile, usablePrivateKey } from './private-key.ts'
import { SshError } from './ssh-error.ts'

/** What is tried to log in, and the key that does so with a certificate. */
export interface Credentials {
  readonly username: string
  readonly methods: readonly AnyAuthMethod[]
  readonly certified: CertifiedKey | undefined
}

/** Asks the user something that only they know. */
export type Ask = (question: string) => Promise<string>

/** Reads everything there is to log in with. @throws SshError `key` or `agent`. */
export async function readCredentials(login: SshLogin, ask?: Ask): Promise<Credentials> {
  const { username, password } = login
  const keys = await readKeys(login)
  const certified = await certifiedKey(login, keys[0])
  const methods: AnyAuthMethod[] = [{ type: 'none', username }]
  if (login.agent) methods.push({ type: 'agent', username, agent: requiredAgentPath(process.env) })
  // The client's own check takes parsed keys as well as texts.
  for (const key of keys) methods.push({ type: 'publickey', username, key: key as unknown as string })
  if (password) methods.push({ type: 'password', username, password })
  if (password || ask) {
    methods.push({ type: 'keyboard-interactive', username, prompt: answering(password, ask) })
  }
  return { username, methods, certified }
}

/** Reads the private keys. @throws SshError `key`. */
export async function readKeys({
  privateKeyFile,
  privateKey,
}: Pick<SshLogin, 'privateKeyFile' | 'privateKey'>): Promise<readonly ParsedKey[]> {
  const keys: ParsedKey[] = []
  if (privateKeyFile)
    keys.push(await parsed(await readKeyFile(privateKeyFile), `The key in ${privateKeyFile}`))
  if (privateKey) keys.push(await parsed(privateKey, 'The private key'))
  return keys
}

async function parsed(text: string, source: string): Promise<ParsedKey> {
  const { utils } = await loadSsh2()
  const result: unknown = utils.parseKey(usablePrivateKey(text, source))
  const key = (Array.isArray(result) ? result[0] : result) as ParsedKey | Error
  if (key instanceof Error) throw new SshError('key', `${source} cannot be used: ${key.message}`)
  if (!key.isPrivateKey()) throw new SshError('key', `${source} is a public key; the private key is needed`)
  return key
}

async function certifiedKey(login: SshLogin, key: ParsedKey | undefined): Promise<CertifiedKey | undefined> {
  const path = login.certificateFile
  if (!path) return
  if (!key) throw new SshError('key', `The certificate in ${path} needs the private key that it is for`)
  try {
    const text = await readFile(withHome(path), 'latin1')
    return { key, certificate: readCertificate(text, key.getPublicSSH(), `The file ${path}`) }
  } catch (error) {
    if (error instanceof SshError) throw error
    throw new SshError('key', `The file ${path} cannot be read: ${messageOf(error)}`, error)
  }
}

/** Questions that are not shown while they are answered are taken for passwords; a password is given once. */
function answering(password: string | undefined, ask: Ask | undefined) {
  let isGiven = false
  const answer = async ({ prompt, echo }: Prompt): Promise<string> => {
    if (password && !echo && !isGiven) {
      isGiven = true
      return password
    }
    return ask ? ask(prompt) : (password ?? '')
  }
  return async (
    _name: string,
    _instructions: string,
    _language: string,
    prompts: readonly Prompt[],
    finish: KeyboardInteractiveCallback,
  ): Promise<void> => {
    const answers: string[] = []
    for (const prompt of prompts) answers.push(await answer(prompt).catch(() => ''))
    finish(answers)
  }
}

/** Tries each once, in order, of what the machine says it takes. */
export function inOrder(methods: readonly AnyAuthMethod[]): AuthHandlerMiddleware {
  const left = [...methods]
  return (offered, _partial, next) => {
    const index = left.findIndex(
      ({ type }) => !offered || offered.includes(type === 'agent' ? 'publickey' : type),
    )
    const [method] = index < 0 ? [] : left.splice(index, 1)
    next(method ?? (false as never))
  }
}
