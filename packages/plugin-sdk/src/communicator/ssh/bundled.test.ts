import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { finish, SshServer } from '../../../test/ssh-server/ssh-server.ts'
import { compile } from '../../bundle/compile.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-ssh-bundle-'))
})
afterEach(() => rm(folder, { recursive: true }))

function bundled(main: string): Promise<string> {
  return compile({ entry: import.meta.filename, main, minify: true })
}

test('a machine is reached from a bundle', async () => {
  await using server = await SshServer.start({
    login: ({ method }) => method === 'password' || ['password'],
    exec: (command, channel) => {
      channel.write(command)
      finish(channel)
    },
  })
  const code = await bundled(`
    import { connectSsh } from '../../index.ts'
    const ui = { say: async () => {}, error: async () => {} }
    const settings = { username: 'me', password: 'hush', port: ${server.port}, forwardAgent: false }
    connectSsh(settings, { host: '127.0.0.1', signal: new AbortController().signal, ui }).then(async (machine) => {
      console.log((await machine.exec('hello')).stdout)
      await machine.close()
    })`)
  const file = join(folder, 'plugin.cjs')
  await writeFile(file, code)
  const { stdout } = await promisify(execFile)(process.execPath, [file])
  expect(stdout).toBe('hello\n')
})

test('a plugin that reaches no machine carries no SSH client', async () => {
  const code = await bundled(`
    import { config, defineBuilder } from '../../index.ts'
    export const builder = defineBuilder({ config: config({}), images: 'none', run: () => {} })`)
  expect(code).not.toContain('SSH_MSG')
  expect(code).not.toContain('curve25519')
  expect(code).not.toContain('ssh_bastion_host')
})
