import { type ChildProcess, spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { cp } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Communicator, RemoteCommand } from '@ingot/plugin-rpc'

/** Takes this machine for the one that is provisioned. */
export const localCommunicator: Communicator = {
  start: async (command) => ({ exitStatus: run(command) }),
  upload: async ({ path, source, info }) => {
    await pipeline(source, createWriteStream(path, info ? { mode: info.mode & 0o777 } : {}))
  },
  download: async ({ path, target }) => {
    for await (const chunk of createReadStream(path)) await written(target, chunk)
  },
  uploadDir: ({ source, target }) => copy(source, target),
  downloadDir: ({ source, target }) => copy(source, target),
}

function run({ command, stdin, stdout, stderr }: RemoteCommand): Promise<number> {
  const child = spawn('sh', ['-c', command], { stdio: 'pipe' })
  feed(child, stdin)
  const outputs = [drain(child.stdout, stdout), drain(child.stderr, stderr)]
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => Promise.all(outputs).then(() => resolve(status ?? 1), reject))
  })
}

function feed({ stdin }: ChildProcess, source: Readable | undefined): void {
  if (source) source.pipe(stdin!)
  else stdin!.end()
}

async function drain(source: Readable, target: Writable | undefined): Promise<void> {
  for await (const chunk of source) if (target) await written(target, chunk)
}

function written(target: Writable, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => target.write(chunk, (error) => (error ? reject(error) : resolve())))
}

async function copy(source: string, target: string): Promise<void> {
  await cp(source, target, { recursive: true })
}
