import { readFileSync } from 'node:fs'
import { connectSsh } from '@ingot/plugin-sdk'
import { nowhere, zeros } from './zeros.ts'

/** What `packer-plugin-gopeer ssh` does: HOST PORT USER KEYFILE sftp|scp upload|download PATH BYTES. */

const [host = '', port, username = '', privateKeyFile = '', fileTransfer, direction, path = '', bytes] =
  process.argv.slice(2)
const size = Number(bytes)
const quiet = { say: async () => {}, error: async () => {}, machine: async () => {} }
const ui = {
  ...quiet,
  ask: async () => '',
  trackProgress: async () => ({ add: quiet.say, close: quiet.say }),
}
const login = { username, privateKeyFile, port: Number(port), fileTransfer: fileTransfer as 'sftp' | 'scp' }

await using machine = await connectSsh(login, { host, signal: new AbortController().signal, ui })
const { communicator } = machine
const start = performance.now()
if (direction === 'upload') {
  const info = { name: 'zeros', size, mode: 0o644, modified: undefined }
  await communicator.upload({ path, source: zeros(size), info })
} else await communicator.download({ path, target: nowhere() })
const seconds = (performance.now() - start) / 1000
const [, peak] = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))!
console.log(JSON.stringify({ seconds, peak: (Number(peak) * 1024) / 1e6 }))
